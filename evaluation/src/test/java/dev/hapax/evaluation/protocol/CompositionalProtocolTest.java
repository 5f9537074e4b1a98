package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.LearnRequest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionalProtocolTest {
    private static final Ground GROUND = TinyGround.drawn();

    private static final Comparison SMALL =
            ((ReworkedComparison) new CompositionalProtocol().on(GROUND, Scale.SMALL)).comparison();

    private static List<Entry> of(String row) {
        return SMALL.entries().stream()
                .filter(entry -> entry.variant().equals(row))
                .toList();
    }

    private static List<String> keys(String row) {
        return of(row).stream()
                .flatMap(entry -> entry.words().stream().map(Product::key))
                .toList();
    }

    private static JsonNode settings(Entry entry) {
        return entry.words().get(0).description().settings();
    }

    @Test
    void tenThingsWithAllOtherKindsInBothOrdersAndFivePairs() {
        assertEquals(15, SMALL.entries().stream().map(Entry::variant).distinct().count());
        List<Entry> plain = of("textual inversion");
        assertEquals(15, plain.size());
        Entry cat = plain.get(0);
        int others = Kind.values().length - 1;
        assertEquals(2 * others, cat.asks().size());
        assertTrue(cat.asks().stream().noneMatch(ask -> ask.things().contains("cat")), "its own kind tells nothing");
        assertEquals("a picture of a <a> cat and a dog", cat.asks().get(0).prompt());
        assertEquals("a picture of a dog and a <a> cat", cat.asks().get(1).prompt());
        assertEquals(
                List.of("a picture of a <a> cat and a <b> teapot", "a picture of a <b> teapot and a <a> cat"),
                plain.get(10).asks().stream().map(Ask::prompt).toList());
    }

    @Test
    void spatialRowsDifferInTheDrawingAndSemanticOnesInTheLearning() {
        for (String method : List.of("textual inversion", "Custom Diffusion", "DreamBooth")) {
            assertEquals(keys(method), keys(method + " + spatial"));
            assertEquals(keys(method + " + semantic"), keys(method + " + both"));
            assertNotEquals(keys(method), keys(method + " + semantic"));
            for (String held : List.of(" + spatial", " + both")) {
                assertTrue(of(method + held).stream()
                        .flatMap(entry -> entry.asks().stream())
                        .allMatch(ask -> ask.boxes().size() == 2));
            }
            assertTrue(of(method + " + semantic").stream()
                    .flatMap(entry -> entry.asks().stream())
                    .allMatch(ask -> ask.boxes().isEmpty()));
        }
    }

    @Test
    void anchorsWeighAsThePaperSays() {
        assertEquals(
                AnchorSettings.PAPER, anchoring("textual inversion + semantic").settings());
        LearnRequest.Anchoring weights = anchoring("DreamBooth + both");
        assertEquals(0.6, weights.settings().weight());
        assertEquals(new Captions().adjectives(), weights.vocabulary().names());
        assertEquals(
                Optional.empty(),
                new LearnSettings(settings(of("DreamBooth + spatial").get(0))).anchors());
    }

    private static LearnRequest.Anchoring anchoring(String row) {
        return new LearnSettings(settings(of(row).get(0))).anchors().orElseThrow();
    }

    @Test
    void nounsForAnchorsAndTheDivisionOfThePaperAreOneStepEach() {
        LearnRequest.Anchoring shipped = anchoring("textual inversion + semantic");
        LearnRequest.Anchoring nouns = anchoring("textual inversion + semantic, nouns");
        assertEquals(
                Arrays.stream(Kind.values()).map(Kind::word).toList(),
                nouns.vocabulary().names());
        assertEquals(shipped.settings(), nouns.settings());
        LearnRequest.Anchoring printed = anchoring("textual inversion + semantic, nouns, as printed");
        assertEquals(nouns.vocabulary(), printed.vocabulary());
        assertEquals(AnchorSettings.Reduction.ANCHORS, printed.settings().reduction());
        assertEquals(
                nouns.settings(),
                printed.settings().withReduction(nouns.settings().reduction()));
    }

    @Test
    void withPicturesAllAnchorsAreNouns(@TempDir Path folder) {
        Ground pictures = TinyGround.of(Optional.of(folder));
        List<CompositionalRow> rows = CompositionalRow.all(pictures);
        assertEquals(14, rows.size(), "one with nouns would be another's twin");
        assertEquals("textual inversion + semantic, as printed", rows.get(13).name());
        List<Promise> promises = CompositionalRow.promises(pictures);
        assertEquals(47, promises.size());
        assertEquals(
                List.of("Zhang et al. 2024 (arXiv 2312.08048), table 1"),
                promises.stream().map(Promise::source).distinct().toList());
    }

    @Test
    void nounsThatNobodyLearnedStandInTheirOwnPlacesOnTheSameNoise() {
        List<Entry> nouns = of("nothing learned");
        List<Entry> plain = of("textual inversion");
        assertEquals("a picture of a <a> and a dog", nouns.get(0).asks().get(0).prompt());
        assertEquals(
                List.of("a picture of a <a> and a <b>", "a picture of a <b> and a <a>"),
                nouns.get(10).asks().stream().map(Ask::prompt).toList());
        for (int i = 0; i < nouns.size(); i++) {
            assertEquals(List.of(0L), nouns.get(i).steps());
            assertEquals(
                    WordWork.START, nouns.get(i).words().get(0).description().kind());
            assertEquals(
                    plain.get(i).asks().stream().map(Ask::noise).toList(),
                    nouns.get(i).asks().stream().map(Ask::noise).toList());
        }
    }

    @Test
    void wordsOfAPairAreLearnedApartAndWeightsJointly() {
        Entry words = of("textual inversion").get(10);
        assertEquals(
                List.of(
                        of("textual inversion").get(0).words().get(0),
                        of("textual inversion").get(1).words().get(0)),
                words.words());
        Entry joint = of("Custom Diffusion").get(10);
        assertEquals(1, joint.words().size());
        assertEquals(
                List.of("a <a> cat", "a <b> teapot"),
                LearnSettings.texts(settings(joint).path("concepts")));
        JsonNode reminder = joint.words().get(0).needs().get(0).description().settings();
        assertEquals(List.of("a cat", "a teapot"), LearnSettings.texts(reminder.path("prompts")));
        assertEquals(25, reminder.path("count").asInt(), "of each, fifty together");
        assertEquals(
                "a cat",
                of("Custom Diffusion")
                        .get(0)
                        .words()
                        .get(0)
                        .needs()
                        .get(0)
                        .description()
                        .settings()
                        .path("prompt")
                        .asText());
    }

    @Test
    void wordsAreLookedAtWhereEachWasLearned() {
        List<Planned> looks =
                SMALL.planned().stream().filter(place -> place.ask().isEmpty()).toList();
        assertEquals(15 * 10, looks.size());
        assertTrue(
                looks.stream().allMatch(place -> place.entry().subject().words().size() == 1));
    }

    @Test
    void noPromptOfLearningHasTwoArticles() {
        for (Scale scale : Scale.values()) {
            ((ReworkedComparison) new CompositionalProtocol().on(GROUND, scale))
                    .comparison().entries().stream()
                            .flatMap(entry -> entry.words().stream())
                            .map(words -> words.description().settings())
                            .forEach(settings -> LearnSettings.texts(settings.path("templates"))
                                    .forEach(template -> assertFalse(
                                            template.replace("{}", "a <a> cat").contains("a a "), template)));
        }
    }

    @Test
    void oneThingCannotBeDrawnWithAnotherLearnedOne(@TempDir Path folder) throws IOException {
        ImageIO.write(
                new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("cat.png").toFile());
        Files.writeString(folder.resolve("cat.txt"), "a <a> cat");
        Ground one = TinyGround.of(Optional.of(folder));
        CompositionalProtocol protocol = new CompositionalProtocol();
        String message = assertThrows(IllegalArgumentException.class, () -> protocol.on(one, Scale.TINY))
                .getMessage();
        assertTrue(message.contains("takes two pictures or more; there is 1"), message);
    }

    @Test
    void everyPromiseIsAboutRowsThatThereAre() {
        List<String> rows = CompositionalRow.all(GROUND).stream()
                .map(CompositionalRow::name)
                .toList();
        List<Promise> promises = CompositionalRow.promises(GROUND);
        assertEquals(51, promises.size());
        for (Promise promise : promises) {
            assertTrue(rows.contains(promise.better()) && rows.contains(promise.worse()), promise.text());
        }
        assertEquals(
                promises.size(), promises.stream().map(Promise::text).distinct().count());
    }
}
