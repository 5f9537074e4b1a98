package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.measure.PixelMask;
import dev.hapax.measure.ThingCrop;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A picture with two things to learn, and the truth about it: the world that drew it knows which pixel belongs to what.
 *
 * @param seed of the scene
 * @param scene two things in a relation
 * @param picture the scene as drawn
 * @param truth the pixels of each word's thing
 */
public record PairScene(long seed, Scene scene, BufferedImage picture, Map<String, PixelMask> truth) {
    /** The words, the first for the first thing. */
    public static final List<String> WORDS = List.of("<a>", "<b>");

    /** Contexts for the sentence in learning: how Picturebook's own captions begin. */
    public static final List<String> TEMPLATES = List.of("a picture of {}", "a drawing of {}", "an image of {}", "{}");

    /** What may occur: two things that are easy to tell apart, side by side on grass, drawn as a plain picture. */
    private static final Choices CHOICES = Choices.all()
            .pairs()
            .withKinds(
                    EnumSet.of(Kind.CAT, Kind.DOG, Kind.RABBIT, Kind.BIRD),
                    EnumSet.of(Kind.TEAPOT, Kind.MUG, Kind.CAR, Kind.BALL, Kind.KITE, Kind.HOUSE))
            .withColors(EnumSet.complementOf(EnumSet.of(ColorName.WHITE, ColorName.GRAY)))
            .withRelations(Set.of(Relation.LEFT_OF, Relation.RIGHT_OF))
            .withBackgrounds(Set.of(Background.GRASS))
            .withStyles(Set.of(Style.PICTURE));

    /** The scene of a seed, drawn at so many pixels. */
    public static PairScene of(long seed, int size) {
        Scene scene = new SceneSampler().sample(seed, CHOICES);
        Rendering drawn = new Renderer().render(scene, size);
        Map<String, PixelMask> truth = new LinkedHashMap<>();
        for (int i = 0; i < WORDS.size(); i++) {
            Mask mask = drawn.masks().get(i);
            truth.put(WORDS.get(i), PixelMask.of(size, size, p -> mask.at(p % size, p / size)));
        }
        return new PairScene(seed, scene, drawn.image(), truth);
    }

    /** What the picture shows, with the words in it: {@code a brown <a> left of a blue <b> on grass}. */
    public String sentence() {
        return described(WORDS.get(0) + " " + scene.relation().words() + " " + WORDS.get(1) + " "
                + scene.background().words());
    }

    /** What the picture shows, with the words as modifiers of their nouns: {@code a <a> cat and a <b> car}. */
    public String modifiedNouns() {
        return modified(WORDS.get(0)) + " and " + modified(WORDS.get(1));
    }

    /** A word as a modifier of its noun: {@code a <a> cat}. */
    public String modified(String word) {
        return "a " + word + " " + noun(word);
    }

    /**
     * A prompt in which each word has the adjective that it was learned with: {@code a sketch of <a>} becomes {@code a
     * sketch of a brown <a>}.
     */
    public String described(String prompt) {
        String described = prompt;
        for (int i = 0; i < WORDS.size(); i++) {
            described = described.replace(WORDS.get(i), withArticle(adjective(i)) + " " + WORDS.get(i));
        }
        return described;
    }

    /** The words with the nouns they start from. */
    public List<Word> words() {
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            words.add(Word.of(WORDS.get(i), noun(i)));
        }
        return words;
    }

    /** The color of each word's thing, as its adjective. */
    public Map<String, String> adjectives() {
        return Map.of(WORDS.get(0), adjective(0), WORDS.get(1), adjective(1));
    }

    /** The noun of a word's thing, such as {@code cat}. */
    public String noun(String word) {
        return noun(WORDS.indexOf(word));
    }

    /** The noun with its article, such as {@code a cat}. */
    public String phrase(String word) {
        return withArticle(noun(word));
    }

    /** A word's thing, cut out of the picture. */
    public BufferedImage crop(String word) {
        return ThingCrop.of(picture, mask(word), mask(other(word)));
    }

    /** The pixels of a word's thing. */
    public PixelMask mask(String word) {
        PixelMask mask = truth.get(word);
        if (mask == null) {
            throw new IllegalArgumentException(word + " is none of the words " + truth.keySet());
        }
        return mask;
    }

    /** The other one of the two words. */
    public static String other(String word) {
        return WORDS.get(1 - WORDS.indexOf(word));
    }

    private Thing thing(int index) {
        return scene.things().get(index);
    }

    private String noun(int index) {
        return thing(index).kind().word();
    }

    private String adjective(int index) {
        return thing(index).look().color().word();
    }

    private static String withArticle(String noun) {
        return PlainPrompt.article(noun) + " " + noun;
    }
}
