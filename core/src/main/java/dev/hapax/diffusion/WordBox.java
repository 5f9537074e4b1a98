package dev.hapax.diffusion;

import dev.hapax.vision.detect.Box;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a word of a prompt shall be in the image.
 *
 * @param word as it stands in the prompt, learned or ordinary
 * @param box within the image
 */
public record WordBox(String word, Box box) {
    private static final String NUMBER = "\\s*([0-9.eE+-]+)\\s*";
    private static final Pattern FORM = Pattern.compile("(.+)=" + String.join(",", NUMBER, NUMBER, NUMBER, NUMBER));

    /** Checks that there is a word, and a box with an area within the image. */
    public WordBox {
        if (word.isBlank()) {
            throw new IllegalArgumentException("a box needs a word of the prompt, such as cat=0.1,0.2,0.5,0.8");
        }
        if (box.left() < 0 || box.top() < 0 || box.right() > 1 || box.bottom() > 1 || !(box.area() > 0)) {
            throw new IllegalArgumentException("the box of " + word + " must have an area and lie within the image,"
                    + " whose edges are 0 and 1; got left,top,right,bottom " + text(box));
        }
    }

    /**
     * Reads {@code WORD=LEFT,TOP,RIGHT,BOTTOM}, for example {@code <cat>=0.1,0.2,0.5,0.8}.
     *
     * @throws IllegalArgumentException if it has another form, or the box leaves the image
     */
    public static WordBox parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" says no box; write it like"
                    + " cat=0.1,0.2,0.5,0.8: left, top, right, bottom in parts of the image");
        }
        return new WordBox(
                form.group(1).strip(), new Box(number(form, 2), number(form, 3), number(form, 4), number(form, 5)));
    }

    private static double number(Matcher form, int group) {
        try {
            return Double.parseDouble(form.group(group));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + form.group(group) + "\" in the box \"" + form.group() + "\" is no number", e);
        }
    }

    /** As {@link #parse} reads it, to two digits, for people. */
    public String rounded() {
        return String.format(
                Locale.ROOT, "%s=%.2f,%.2f,%.2f,%.2f", word, box.left(), box.top(), box.right(), box.bottom());
    }

    private static String text(Box box) {
        return box.left() + "," + box.top() + "," + box.right() + "," + box.bottom();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return word + "=" + text(box);
    }
}
