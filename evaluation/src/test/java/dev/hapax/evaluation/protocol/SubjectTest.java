package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.measure.PixelMask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectTest {
    @TempDir
    private Path folder;

    private static void paint(Path file, int size, int white) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < white; i++) {
            image.setRGB(i % size, i / size, 0xFFFFFF);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void ownPicturesComeWithSentencesAndPerhapsMasks() throws IOException {
        paint(folder.resolve("pair.png"), 16, 40);
        Files.writeString(folder.resolve("pair.txt"), "a brown <a> cat\nand the <b> ball\n");
        Subject plain = new SubjectFolder(folder).read().get(0);
        assertEquals("pair", plain.name());
        assertEquals("a brown <a> cat and the <b> ball", plain.sentence());
        assertEquals(List.of("<a>", "<b>"), plain.words());
        assertEquals(Map.of("<a>", "cat", "<b>", "ball"), plain.nouns());
        assertEquals(Map.of("<a>", "brown"), plain.adjectives(), "an article is no adjective");
        assertEquals(Map.of(), plain.crops());

        paint(folder.resolve("masks/pair-a.png"), 16, 5);
        CheckpointException half = assertThrows(CheckpointException.class, () -> new SubjectFolder(folder).read());
        assertTrue(String.valueOf(half.getMessage()).contains("pair-b.png"), half.getMessage());
        paint(folder.resolve("masks/pair-b.png"), 16, 0);
        CheckpointException black = assertThrows(CheckpointException.class, () -> new SubjectFolder(folder).read());
        assertTrue(String.valueOf(black.getMessage()).contains("is black all over"), black.getMessage());
        paint(folder.resolve("masks/pair-b.png"), 8, 3);
        CheckpointException small = assertThrows(CheckpointException.class, () -> new SubjectFolder(folder).read());
        assertTrue(
                String.valueOf(small.getMessage()).contains("8 x 8 pixels, its picture 16 x 16"), small.getMessage());
        paint(folder.resolve("masks/pair-b.png"), 16, 20);
        Subject masked = new SubjectFolder(folder).read().get(0);
        assertEquals(5, masked.truth().get("<a>").pixels().cardinality());
        assertEquals(2, masked.crops().size());
        assertNotEquals(plain.hash(), masked.hash(), "what is known is part of the subject");
    }

    @Test
    void ofAPhotographAndItsMasksTheMiddleSquareCounts() throws IOException {
        BufferedImage photo = new BufferedImage(20, 12, BufferedImage.TYPE_INT_RGB);
        BufferedImage mask = new BufferedImage(20, 12, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 20 * 12; i++) {
            photo.setRGB(i % 20, i / 20, i * 7919);
            mask.setRGB(i % 20, i / 20, i % 20 < 6 ? 0xFFFFFF : 0);
        }
        Path masks = Files.createDirectories(folder.resolve("masks"));
        ImageIO.write(photo, "png", folder.resolve("photo.png").toFile());
        ImageIO.write(mask, "png", masks.resolve("photo-a.png").toFile());
        Files.writeString(folder.resolve("photo.txt"), "a brown <a> cat");
        Subject subject = new SubjectFolder(folder).read().get(0);
        BufferedImage picture = subject.pictures().get(0);
        assertEquals(12, picture.getWidth());
        assertEquals(photo.getRGB(4, 0), picture.getRGB(0, 0));
        PixelMask truth = subject.truth().get("<a>");
        assertEquals(2 * 12, truth.pixels().cardinality());
        assertTrue(truth.at(1, 11) && !truth.at(2, 11));

        mask.setRGB(0, 0, 12, 12, new int[12 * 12], 0, 12);
        mask.setRGB(19, 3, 0xFFFFFF);
        ImageIO.write(mask, "png", masks.resolve("photo-a.png").toFile());
        CheckpointException outside = assertThrows(CheckpointException.class, () -> new SubjectFolder(folder).read());
        assertTrue(String.valueOf(outside.getMessage()).contains("black in its middle square"), outside.getMessage());
    }

    @Test
    void aDrawnSceneKnowsTheTruth() {
        Subject subject = Subject.of(PairScene.of(80_000_000, 64));
        assertEquals(PairScene.WORDS, subject.words());
        assertEquals(
                subject.nouns().get("<b>"),
                subject.thing("<b>").orElseThrow().kind().word());
        assertEquals(2, subject.crops().size());
        assertEquals(subject.hash(), Subject.of(PairScene.of(80_000_000, 64)).hash());
        assertNotEquals(subject.hash(), Subject.of(PairScene.of(80_000_001, 64)).hash());
    }

    @Test
    void aSentenceOfLearnedWordsNamesThem() {
        assertEquals(
                "<a-> brown <a> <left> of <b>",
                LearnedSentence.of(
                        "a brown <a> left of <b>", List.of("<a>", "<b>", "<a->", "<left>"), List.of("<a>", "<b>")));
        assertEquals(
                "a brown <a>",
                LearnedSentence.of("a brown <a>", List.of("<a>"), List.of("<a>")),
                "the article is not the placeholder <a>");
    }
}
