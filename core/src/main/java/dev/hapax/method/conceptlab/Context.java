package dev.hapax.method.conceptlab;

import java.util.ArrayList;
import java.util.List;

/**
 * What a word is put into.
 *
 * @param text with {@code {}} where the word goes
 * @param plain what a picture of it shows whatever the word is; positives of a style are compared in it. Empty for things
 */
public record Context(String text, String plain) {
    private static final String FINE = ", photorealistic, 4k, HQ"; // authors' templates.py names these qualities
    private static final List<String> ARTICLES = List.of("a", "the", "my");

    /** Checks that the word has a place. */
    public Context {
        if (!text.contains("{}")) {
            throw new IllegalArgumentException("the context \"" + text + "\" has no {} for the word");
        }
    }

    /** A context for a thing. */
    public static Context of(String text) {
        return new Context(text, "");
    }

    /**
     * Ten of photographs and eight of art, with the three articles (authors' {@code templates.py}, object mode): 18 forms, of
     * which 12 differ.
     */
    public static List<Context> things() {
        List<String> forms = new ArrayList<>();
        for (int i = 0; i < 3; i++) { // together as often as the nine forms below
            forms.add("a photo of ARTICLE {}");
            forms.add("a photo of ARTICLE {}" + FINE);
            forms.add("a professional high-quality photo of ARTICLE {}" + FINE);
        }
        forms.add("professional high-quality art of ARTICLE {}" + FINE);
        forms.add("a painting of ARTICLE {}");
        forms.add("a watercolor painting of ARTICLE {}");
        forms.add("a painting of ARTICLE {} in the style of Monet");
        forms.add("a colorful graffiti of ARTICLE {}" + FINE);
        forms.add("a line drawing of ARTICLE {}");
        forms.add("an oil painting of ARTICLE {}");
        forms.add("professional high-quality art of ARTICLE {} in the style of a cartoon");
        forms.add("a close-up photo of ARTICLE {}");
        return forms.stream()
                .flatMap(form -> ARTICLES.stream().map(article -> of(form.replace("ARTICLE", article))))
                .toList();
    }

    /** Paintings of twenty things in a style (authors' {@code templates.py}, style mode). */
    public static List<Context> styles() {
        return List.of(
                        "a portrait",
                        "a dog",
                        "a cat",
                        "a vase with flowers",
                        "a valley",
                        "a fruit bowl",
                        "a bicycle",
                        "a pair of shoes",
                        "a musician",
                        "a cup of coffee",
                        "a seashell",
                        "a camera",
                        "a bouquet",
                        "a set table",
                        "a bookshelf",
                        "a jar of marbles",
                        "a dancer",
                        "a set of keys",
                        "a pair of sunglasses",
                        "a lighthouse")
                .stream()
                .map(thing -> new Context("a painting of " + thing + " in the style of {}", "a painting of " + thing))
                .toList();
    }

    /** What a picture resembles that shows this or whatever belongs to it: of a style, what else there is. */
    public String showing(String category) {
        return plain.isEmpty() ? with(category) : plain;
    }

    /** With this word or thing in its place; {@code a} becomes {@code an} and back where it must. */
    public String with(String name) {
        String article = !name.isEmpty() && "aeiou".indexOf(Character.toLowerCase(name.charAt(0))) >= 0 ? "an " : "a ";
        return text.replaceAll("\\b(?:a|an) \\{\\}", article + "{}").replace("{}", name);
    }
}
