package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedConceptsTest {
    @TempDir
    private Path folder;

    private static Ground ground(Optional<Path> pictures) {
        return TinyGround.of(pictures);
    }

    @Test
    void tenDrawnThingsEachWithAWordOfItsOwn() {
        List<Subject> concepts = LearnedConcepts.of(ground(Optional.empty()), 10);
        assertEquals(10, concepts.size());
        assertEquals(
                10,
                concepts.stream()
                        .map(each -> each.nouns().toString())
                        .distinct()
                        .count(),
                "ten kinds");
        assertEquals("a <a> cat", concepts.get(0).sentence());
        assertEquals(List.of("<j>"), concepts.get(9).words());
        for (Subject concept : concepts) {
            String word = concept.words().get(0);
            assertEquals(
                    concept.nouns().get(word),
                    concept.thing(word).orElseThrow().kind().word());
            assertTrue(concept.truth().get(word).pixels().cardinality() > 0);
        }
    }

    @Test
    void twoTogetherHaveBothPicturesAndBothThings() {
        List<Subject> concepts = LearnedConcepts.of(ground(Optional.empty()), 2);
        Subject pair = LearnedConcepts.pair(concepts.get(0), concepts.get(1));
        assertEquals(List.of("<a>", "<b>"), pair.words());
        assertEquals(2, pair.pictures().size());
        assertEquals(concepts.get(1).thing("<b>"), pair.thing("<b>"));
        assertEquals("", pair.sentence(), "no picture shows both");
        assertEquals(Map.of(), pair.truth());
    }

    @Test
    void ownPicturesShowOneWordEach() throws IOException {
        picture("cat", "a <a> cat");
        picture("dog", "a <b> dog");
        List<Subject> own = LearnedConcepts.of(ground(Optional.of(folder)), 10);
        assertEquals(List.of("cat", "dog"), own.stream().map(Subject::name).toList());
        picture("same", "a <b> dog again");
        mistake("same shows [<b>]");
        picture("same", "a <c> dog and a <d> cat");
        mistake("same shows [<c>, <d>]");
    }

    private void mistake(String what) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> LearnedConcepts.of(ground(Optional.of(folder)), 10));
        assertTrue(String.valueOf(e.getMessage()).contains(what), e.getMessage());
    }

    private void picture(String name, String sentence) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
        Files.writeString(folder.resolve(name + ".txt"), sentence);
    }
}
