package dev.hapax.evaluation.protocol;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.learning.PictureFile;
import dev.hapax.measure.PixelMask;
import dev.hapax.run.InitWords;
import dev.hapax.run.RunFolder;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's own pictures for a protocol:
 *
 * <pre>
 * pair.png            a picture
 * pair.txt            what it shows: a brown &lt;a&gt; cat and a rolling &lt;b&gt; ball
 * masks/pair-a.png    where the thing of &lt;a&gt; is, white on black; may be missing
 * </pre>
 *
 * Behind each word stands its noun, before it may stand its adjective. Masks are needed for mask IoU, crops and leakage; a
 * picture has one for each word or none. Of a picture that is no square, and of its masks, the middle square counts: that
 * is what words are learned from.
 *
 * @param root the folder
 */
public record SubjectFolder(Path root) {
    private static final Pattern BEFORE = Pattern.compile("([\\p{L}-]+)\\s+$");
    private static final int HALF = 128; // grey levels from here on are white

    /**
     * Reads all pictures, in the order of their names.
     *
     * @throws CheckpointException if there are none, or one lacks its sentence or some of its masks
     * @throws IllegalArgumentException if a sentence holds no word, or a word has no noun
     */
    public List<Subject> read() {
        if (!Files.isDirectory(root)) {
            throw new CheckpointException("there is no folder of pictures " + root);
        }
        return PictureFile.readAll(List.of(root)).stream().map(this::subject).toList();
    }

    private Subject subject(PictureFile picture) {
        String sentence = sentence(picture);
        Map<String, String> nouns = new LinkedHashMap<>();
        Map<String, String> adjectives = new LinkedHashMap<>();
        for (Word word : InitWords.of(sentence, Map.of(), 1)) {
            nouns.put(word.token(), word.startsFrom());
            adjective(sentence, word.token(), adjectives);
        }
        return Subject.of(picture.name(), middle(picture.image()), sentence, nouns, adjectives, masks(picture, nouns));
    }

    private static void adjective(String sentence, String word, Map<String, String> adjectives) {
        Matcher before = BEFORE.matcher(sentence.substring(0, sentence.indexOf(word)));
        if (before.find() && !InitWords.isFunctionWord(before.group(1))) {
            adjectives.put(word, before.group(1));
        }
    }

    private String sentence(PictureFile picture) {
        Path file = root.resolve(picture.name() + ".txt");
        try {
            return Files.readString(file).strip().replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new CheckpointException(
                    picture.path() + " has no sentence: write what it shows into " + file
                            + ", such as \"a brown <a> cat and a rolling <b> ball\"",
                    e);
        }
    }

    private Map<String, PixelMask> masks(PictureFile picture, Map<String, String> nouns) {
        Map<String, PixelMask> masks = new LinkedHashMap<>();
        Map<String, Path> files = new LinkedHashMap<>();
        new RunFolder(root).wordFiles(List.copyOf(nouns.keySet())).forEach((word, file) -> {
            String stem = file.getFileName().toString().replaceFirst("[.]safetensors$", "");
            files.put(word, root.resolve("masks").resolve(picture.name() + "-" + stem + ".png"));
        });
        long there = files.values().stream().filter(Files::exists).count();
        if (there == 0) {
            return masks;
        }
        files.forEach((word, file) -> masks.put(word, mask(picture, file)));
        return masks;
    }

    private static PixelMask mask(PictureFile picture, Path file) {
        BufferedImage image = PictureFile.read(file).image();
        int width = picture.image().getWidth();
        int height = picture.image().getHeight();
        if (image.getWidth() != width || image.getHeight() != height) {
            throw new CheckpointException(file + " is " + image.getWidth() + " x " + image.getHeight()
                    + " pixels, its picture " + width + " x " + height + "; save the mask in the picture's size");
        }
        if (white(image).pixels().isEmpty()) {
            throw new CheckpointException(file + " is black all over; paint the thing white");
        }
        PixelMask mask = white(middle(image));
        if (mask.pixels().isEmpty()) {
            throw new CheckpointException(file + " is black in its middle square, which is all that is learned of "
                    + picture.path() + "; crop both to a square that shows the thing");
        }
        return mask;
    }

    private static PixelMask white(BufferedImage image) {
        int width = image.getWidth();
        return PixelMask.of(
                image.getHeight(),
                width,
                i -> (image.getRGB(i % width, i / width) >> 8 & 0xFF) >= HALF); // green is enough
    }

    /** The largest square around the centre, as {@link dev.hapax.learning.Framing#CROP} takes it. */
    private static BufferedImage middle(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int side = Math.min(width, height);
        return width == height ? image : image.getSubimage((width - side) / 2, (height - side) / 2, side, side);
    }
}
