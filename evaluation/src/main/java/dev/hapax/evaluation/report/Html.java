package dev.hapax.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a page. Text becomes one only by {@link #text}, which escapes it, so nothing that a user wrote can be taken
 * for markup.
 */
record Html(String code) {
    static final Html NOTHING = new Html("");

    /** Text as it is read. */
    static Html text(String text) {
        return new Html(escaped(text));
    }

    /** An element without attributes. */
    static Html of(String tag, Html... content) {
        return new Html("<" + tag + ">" + all(content).code + "</" + tag + ">");
    }

    /** An element with a class, or several with spaces between them. */
    static Html of(String tag, String style, Html... content) {
        return with(tag, List.of("class", style), content);
    }

    /** An element with attributes: name, value, name, value and so on. */
    static Html with(String tag, List<String> attributes, Html... content) {
        return new Html(opening(tag, attributes) + all(content).code + "</" + tag + ">");
    }

    /** An element that has no content, such as an image. */
    static Html empty(String tag, List<String> attributes) {
        String opening = opening(tag, attributes);
        return new Html(opening.substring(0, opening.length() - 1) + "/>"); // so that the page is XML as well
    }

    /** One after the other. */
    static Html all(Html... pieces) {
        return all(List.of(pieces));
    }

    /** One after the other. */
    static Html all(List<Html> pieces) {
        List<String> codes = new ArrayList<>();
        pieces.forEach(piece -> codes.add(piece.code));
        return new Html(String.join("", codes));
    }

    private static String opening(String tag, List<String> attributes) {
        StringBuilder opening = new StringBuilder("<").append(tag);
        for (int i = 0; i < attributes.size(); i += 2) {
            opening.append(' ')
                    .append(attributes.get(i))
                    .append("=\"")
                    .append(escaped(attributes.get(i + 1)))
                    .append('"');
        }
        return opening.append('>').toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
