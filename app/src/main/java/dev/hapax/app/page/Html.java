package dev.hapax.app.page;

/** Text and pictures for a page. */
public final class Html {
    private Html() {}

    /** Text with the signs of HTML escaped. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A picture with a caption that is HTML already. */
    public static String figure(String uri, String alternative, String caption) {
        return "<figure>" + image(uri, alternative) + "<figcaption>" + caption + "</figcaption></figure>";
    }

    /** A picture; the alternative is plain text. */
    public static String image(String uri, String alternative) {
        return "<img src=\"" + uri + "\" alt=\"" + escaped(alternative) + "\">";
    }
}
