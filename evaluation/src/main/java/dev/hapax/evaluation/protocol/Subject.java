package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.measure.PixelMask;
import dev.hapax.measure.ThingCrop;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What words are learned from, and what is known about it.
 *
 * @param name unlike those of other subjects
 * @param words learned from it, or compared with it
 * @param pictures at least one; words are learned from the first, images compared with all
 * @param sentence what the first shows, with the words; empty if nobody said
 * @param nouns of the words' things, by word; a word may have none
 * @param adjectives of the words' things, by word; may be empty
 * @param truth the pixels of each word's thing in the first picture; empty if nobody knows
 * @param crops pictures of each word's thing alone; may be empty
 * @param scene what the pictures were drawn from, with a thing for each word in their order, if they were
 */
public record Subject(
        String name,
        List<String> words,
        List<BufferedImage> pictures,
        String sentence,
        Map<String, String> nouns,
        Map<String, String> adjectives,
        Map<String, PixelMask> truth,
        Map<String, List<BufferedImage>> crops,
        Optional<Scene> scene) {

    /** Keeps copies and checks that there is a picture. */
    public Subject {
        words = List.copyOf(words);
        pictures = List.copyOf(pictures);
        nouns = Collections.unmodifiableMap(new LinkedHashMap<>(nouns));
        adjectives = Collections.unmodifiableMap(new LinkedHashMap<>(adjectives));
        truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
        crops = Collections.unmodifiableMap(new LinkedHashMap<>(crops));
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException(name + " has no picture; give at least one");
        }
    }

    /**
     * A picture with what is said and known about it; the crops are cut out along the masks.
     *
     * @param nouns for every word, in the order of the words
     */
    public static Subject of(
            String name,
            BufferedImage picture,
            String sentence,
            Map<String, String> nouns,
            Map<String, String> adjectives,
            Map<String, PixelMask> truth) {
        Map<String, List<BufferedImage>> crops = new LinkedHashMap<>();
        truth.forEach((word, mask) -> crops.put(word, List.of(ThingCrop.of(picture, mask, others(truth, word)))));
        return new Subject(
                name,
                List.copyOf(nouns.keySet()),
                List.of(picture),
                sentence,
                nouns,
                adjectives,
                truth,
                crops,
                Optional.empty());
    }

    /** A drawn scene. */
    public static Subject of(PairScene scene) {
        Map<String, String> nouns = new LinkedHashMap<>();
        PairScene.WORDS.forEach(word -> nouns.put(word, scene.noun(word)));
        String name = "scene " + scene.seed();
        Subject known = of(name, scene.picture(), scene.sentence(), nouns, scene.adjectives(), scene.truth());
        return new Subject(
                name,
                known.words,
                known.pictures,
                known.sentence,
                known.nouns,
                known.adjectives,
                known.truth,
                known.crops,
                Optional.of(scene.scene()));
    }

    /** The same, said in another way. */
    Subject withSentence(String other) {
        return new Subject(name, words, pictures, other, nouns, adjectives, truth, crops, scene);
    }

    private static PixelMask others(Map<String, PixelMask> truth, String word) {
        PixelMask own = Objects.requireNonNull(truth.get(word));
        return PixelMask.of(
                own.height(),
                own.width(),
                i -> truth.entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(word)
                                && other.getValue().pixels().get(i)));
    }

    /** The thing of a word in the scene, if the picture was drawn from one. */
    public Optional<Thing> thing(String word) {
        return scene.map(drawn -> drawn.things().get(words.indexOf(word)));
    }

    /** For people. */
    String text() {
        return (sentence.isEmpty() ? "" : sentence + ", ") + "sha256 " + hash();
    }

    /** SHA-256 of everything that a measure may look at, in hexadecimal. */
    public String hash() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        pictures.forEach(picture -> node.withArray("pictures").add(hash(picture)));
        node.put("sentence", sentence);
        words.forEach(word -> node.withArray("words").add(word));
        node.set("nouns", texts(nouns));
        node.set("adjectives", texts(adjectives));
        new TreeMap<>(truth)
                .forEach((word, mask) -> node.withObject("/truth")
                        .put(word, hash(mask.pixels().toByteArray(), mask.width(), mask.height())));
        new TreeMap<>(crops)
                .forEach((word, own) -> own.forEach(
                        crop -> node.withObject("/crops").withArray(word).add(hash(crop))));
        scene.ifPresent(drawn -> {
            node.put("style", drawn.style().name());
            node.put("place", drawn.background().name());
            drawn.things()
                    .forEach(thing -> node.withArray("things")
                            .add(thing.kind() + " " + thing.look().color() + " "
                                    + thing.look().pattern()));
        });
        return hash(node.toString().getBytes(StandardCharsets.UTF_8), 0, 0);
    }

    private static ObjectNode texts(Map<String, String> map) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(map).forEach(node::put);
        return node;
    }

    /** Names a file by its bytes, in hexadecimal. */
    static String hash(Path file) {
        try {
            return hash(Files.readAllBytes(file), 0, 0);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String hash(BufferedImage picture) {
        Raster raster = Raster.of(picture);
        return hash(raster.samples(), raster.width(), raster.height());
    }

    private static String hash(byte[] bytes, int width, int height) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(width)
                    .putInt(height)
                    .array());
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
