package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Product;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.run.MethodName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of the comparison: how words are learned from a picture, and where prompts let them be read. MATTE has a word for each
 * attribute, which brings its places with it. The others have one word for the whole picture, which is read for the sake of an
 * attribute where their papers find that attribute, and everywhere where they say nothing.
 */
enum AttributeRow {
    /** As recommended; color words are found in the picture, the class is told. */
    MATTE("MATTE", Optional.of(MethodName.MATTE)),
    /** The same, told the color of the thing as well. */
    MATTE_TOLD("MATTE, color told", Optional.of(MethodName.MATTE)),
    /** Fine layers carry color and style, coarse ones the object (Voynov et al. 2023, figures 2 and 3). */
    P_PLUS("P+", Optional.of(MethodName.PPLUS)),
    /** Layout in p_1, content in p_2 to p_4, material and style in p_6 to p_10 (Zhang et al. 2023). */
    PROSPECT("ProSpect", Optional.of(MethodName.PROSPECT)),
    /** One vector, read everywhere. */
    TEXTUAL_INVERSION("textual inversion", Optional.of(MethodName.TEXTUAL_INVERSION)),
    /** Nothing learned: the attribute is said in ordinary words. What the model and the reader can do at best. */
    NAMED("named in words", Optional.empty());

    /** The word of the methods that learn one for the whole picture. */
    static final String WORD = "<v>";

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // an Optional of an enum
    private final Optional<MethodName> method;

    AttributeRow(String text, Optional<MethodName> method) {
        this.text = text;
        this.method = method;
    }

    /** How its words are learned; empty if none are. */
    Optional<MethodName> method() {
        return method;
    }

    /** Whether there is a word for each attribute. */
    boolean usesOwnWords() {
        return method.equals(Optional.of(MethodName.MATTE));
    }

    /** What has to be learned of a picture; empty for words that are there. */
    Optional<Product> words(AttributeReference reference, Course course, Ground ground) {
        Subject subject = reference.subject();
        String noun = Attribute.OBJECT.truth(reference.scene());
        String color = Attribute.COLOR.truth(reference.scene());
        return method.map(name -> new LearnProduct(course, Variant.of(text, name, McplSettings.PLAIN), ground))
                .map(learn -> switch (this) {
                    case MATTE -> learn.attributes(subject, noun, Map.of());
                    case MATTE_TOLD -> learn.attributes(subject, noun, Map.of(color, 1.0));
                    case PROSPECT -> learn.of(subject, WORD, subject.words()); // the word alone is its prompt
                    default -> learn.of(subject, "a " + WORD, subject.words());
                });
    }

    /**
     * A prompt in which one word, or what it stands for, is added to a thing.
     *
     * @param scene what the words were learned from
     * @param thing the noun of the thing
     */
    String prompt(Attribute attribute, Scene scene, String thing) {
        if (this == NAMED) {
            return attribute.named(scene, thing);
        }
        String phrase = attribute.phrase(usesOwnWords() ? attribute.word() : WORD);
        String sites = sites(attribute);
        if (sites.isEmpty()) {
            return attribute.prompt(phrase, thing);
        }
        StringBuilder placed = new StringBuilder("{" + sites + ": " + phrase + "}");
        if (attribute == Attribute.OBJECT) { // elsewhere the class stands in, as MATTE does it
            elsewhere().forEach(other -> placed.append("{" + other + ": " + attribute.truth(scene) + "}"));
        }
        return attribute.prompt(placed.toString(), thing);
    }

    /** Where its word is read for the sake of an attribute, as prompts say it; empty for everywhere. */
    private String sites(Attribute attribute) {
        return switch (this) {
            case P_PLUS ->
                switch (attribute) {
                    case COLOR, STYLE -> "outer";
                    case OBJECT -> "inner";
                    case LAYOUT -> "";
                };
            case PROSPECT ->
                switch (attribute) {
                    case COLOR, STYLE -> "0-500";
                    case OBJECT -> "600-900";
                    case LAYOUT -> "900-1000";
                };
            default -> "";
        };
    }

    /** The sites that are left beside those of the object. */
    private List<String> elsewhere() {
        return this == P_PLUS ? List.of("outer") : List.of("0-600", "900-1000");
    }

    @Override
    public String toString() {
        return text;
    }
}
