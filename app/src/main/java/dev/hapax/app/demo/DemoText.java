package dev.hapax.app.demo;

import dev.hapax.app.page.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text for the demo's page. */
final class DemoText {
    private DemoText() {}

    /** Text with the signs of HTML escaped and the two words in their colours. */
    static String words(String text) {
        return Html.escaped(text)
                .replace("&lt;a&gt;", "<span class=\"a\">&lt;a&gt;</span>")
                .replace("&lt;b&gt;", "<span class=\"b\">&lt;b&gt;</span>");
    }

    /** The style sheet that goes into the page. */
    static String style() {
        try (InputStream in = DemoText.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("page.css is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
