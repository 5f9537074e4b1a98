package dev.hapax.app.demo;

import dev.hapax.measure.PixelMask;
import dev.hapax.measure.ThingCrop;
import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A picture with two things to learn, and the truth about it: the world that drew it knows which pixel belongs to what.
 *
 * @param seed of the scene
 * @param scene two things in a relation
 * @param picture the scene as drawn
 * @param truth the pixels of each word's thing
 */
public record DemoScene(long seed, Scene scene, BufferedImage picture, Map<String, PixelMask> truth) {
    /** The words, the first for the first thing. */
    public static final List<String> WORDS = List.of(DemoPlan.A, DemoPlan.B);

    /** The scene of a seed, drawn at so many pixels. */
    public static DemoScene of(long seed, int size) {
        Scene scene = new SceneSampler().sample(seed, DemoPlan.choices());
        Rendering drawn = new Renderer().render(scene, size);
        Map<String, PixelMask> truth = new LinkedHashMap<>();
        for (int i = 0; i < WORDS.size(); i++) {
            Mask mask = drawn.masks().get(i);
            truth.put(WORDS.get(i), PixelMask.of(size, size, p -> mask.at(p % size, p / size)));
        }
        return new DemoScene(seed, scene, drawn.image(), truth);
    }

    /** What the picture shows, with the words in it: {@code a brown <a> left of a blue <b> on grass}. */
    public String sentence() {
        return article(adjective(0)) + " " + DemoPlan.A + " " + scene.relation().words() + " " + article(adjective(1))
                + " " + DemoPlan.B + " " + scene.background().words();
    }

    /** The sentence with a learned word wherever there is one for an ordinary word, as MCPL-all names them. */
    public String sentence(Set<String> learned) {
        return Arrays.stream(sentence().split(" "))
                .map(piece -> Stream.of("<" + piece + "->", "<" + piece + ">")
                        .filter(word -> learned.contains(word) && !WORDS.contains(word))
                        .findFirst()
                        .orElse(piece))
                .collect(Collectors.joining(" "));
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
        return Map.of(DemoPlan.A, adjective(0), DemoPlan.B, adjective(1));
    }

    /** The noun of a word's thing, such as {@code cat}. */
    public String noun(String word) {
        return noun(WORDS.indexOf(word));
    }

    /** The noun with its article, such as {@code a cat}. */
    public String phrase(String word) {
        return article(noun(word));
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

    /** A heat map laid over the picture, with the outline of the word's thing. */
    BufferedImage withHeat(WordScore score) {
        return HeatPicture.of(
                picture, score.attention(), of(seed, HeatPicture.SIDE).mask(score.word()));
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

    private static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }
}
