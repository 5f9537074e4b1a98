package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.check.Sighting;
import dev.hapax.picturebook.world.Scene;
import java.util.Optional;

/**
 * What MATTE takes a picture apart into (Agarwal et al. 2025), and what that is in a scene of one thing. Layout is the place:
 * a thing alone stands in the middle of every scene, and what lies around it is all the composition there is.
 */
enum Attribute {
    /** The color of the thing. */
    COLOR("color", "<c>"),
    /** The hand that the scene is drawn in. */
    STYLE("style", "<s>"),
    /** The kind of the thing. */
    OBJECT("object", "<o>"),
    /** Where the scene takes place. */
    LAYOUT("layout", "<l>");

    private final String text;
    private final String word;

    Attribute(String text, String word) {
        this.text = text;
        this.word = word;
    }

    /** MATTE's word for it. */
    String word() {
        return word;
    }

    /** How a prompt leads over to a word for it (Agarwal et al. 2025, figure 1). */
    String phrase(String own) {
        return switch (this) {
            case COLOR -> own + " colored";
            case STYLE -> own + " style";
            case OBJECT -> own;
            case LAYOUT -> "following layout " + own;
        };
    }

    /** A prompt with such a phrase about a thing, which the phrase of an object replaces. */
    String prompt(String phrase, String thing) {
        return switch (this) {
            case COLOR, STYLE -> "a " + phrase + " " + thing;
            case LAYOUT -> "a " + thing + " " + phrase;
            case OBJECT -> "a " + phrase;
        };
    }

    /** The same said in ordinary words, as Picturebook's captions say it. */
    String named(Scene scene, String thing) {
        String own = truth(scene);
        return switch (this) {
            case COLOR -> withArticle(own) + " " + thing;
            case STYLE -> withArticle(own) + " of " + withArticle(thing);
            case OBJECT -> withArticle(own);
            case LAYOUT -> withArticle(thing) + " " + own;
        };
    }

    private static String withArticle(String noun) {
        return PlainPrompt.article(noun) + " " + noun;
    }

    /** What a scene of one thing has of it, in words. */
    String truth(Scene scene) {
        return switch (this) {
            case COLOR -> scene.things().get(0).look().color().word();
            case STYLE -> scene.style().noun();
            case OBJECT -> scene.things().get(0).kind().word();
            case LAYOUT -> scene.background().words();
        };
    }

    /** What the reader sees of it, in the same words; of the thing it is surest of, and empty if it sees none. */
    Optional<String> seen(Reading image) {
        Optional<Sighting> surest = image.sightings().stream().findFirst();
        return switch (this) {
            case COLOR -> surest.map(thing -> thing.color().word());
            case STYLE -> Optional.of(image.style().noun());
            case OBJECT -> surest.map(thing -> thing.kind().word());
            case LAYOUT -> Optional.of(image.background().words());
        };
    }

    /** Whether an image has it as the scene does; a kind counts wherever it is seen, also beside another thing. */
    boolean shows(Scene scene, Reading image) {
        return this == OBJECT
                ? image.of(scene.things().get(0).kind()).isPresent()
                : seen(image).equals(Optional.of(truth(scene)));
    }

    @Override
    public String toString() {
        return text;
    }
}
