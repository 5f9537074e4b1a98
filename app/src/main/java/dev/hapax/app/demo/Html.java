package dev.hapax.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text for the page. */
final class Html {
    private Html() {}

    /** Text with the signs of HTML escaped and the two words in their colours. */
    static String words(String text) {
        return escaped(text)
                .replace("&lt;a&gt;", "<span class=\"a\">&lt;a&gt;</span>")
                .replace("&lt;b&gt;", "<span class=\"b\">&lt;b&gt;</span>");
    }

    /** Text with the signs of HTML escaped. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A picture with a caption that is HTML already. */
    static String figure(String uri, String alternative, String caption) {
        return "<figure>" + image(uri, alternative) + "<figcaption>" + caption + "</figcaption></figure>";
    }

    static String image(String uri, String alternative) {
        return "<img src=\"" + uri + "\" alt=\"" + escaped(alternative) + "\">";
    }

    /** The style sheet that goes into the page. */
    static String style() {
        try (InputStream in = Html.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("page.css is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
