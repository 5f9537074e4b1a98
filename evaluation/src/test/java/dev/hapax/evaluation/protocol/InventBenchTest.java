package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.InventRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventBenchTest {
    private static final Map<String, String> OWN = Map.of("clip", "c", "reader", "r");
    private static final InventBench SMALL = bench(OWN, Scale.SMALL);

    private static Ground ground(Map<String, String> judges, Optional<Path> pictures) {
        return new Ground(
                "tiny",
                "hash",
                new ImageSize(32, 32),
                judges,
                pictures,
                List.of("{}"),
                "picture",
                new SideBySide(),
                Optional.of(new GroundPrior("p", Optional.of("c"), true)));
    }

    private static InventBench bench(Map<String, String> judges, Scale scale) {
        return (InventBench) new InventProtocol().on(ground(judges, Optional.empty()), scale);
    }

    private static List<InventCell> of(InventRow row) {
        return SMALL.planned().stream().filter(cell -> cell.row() == row).toList();
    }

    private static Product drawn(InventRow row) {
        return of(row).get(0).drawn().orElseThrow();
    }

    private static JsonNode word(InventRow row) {
        return drawn(row).needs().get(0).description().settings();
    }

    @Test
    void allCategoriesHaveSixConceptsAndEveryRowDrawsAllOfThem() {
        assertEquals(8 * 6, SMALL.concepts().size());
        for (InventRow row : List.of(InventRow.GIVEN, InventRow.ADAPTIVE, InventRow.NAME, InventRow.PROMPTED)) {
            assertEquals(
                    8 * 6 * 8,
                    of(row).stream().filter(cell -> cell.image() >= 0).count(),
                    row.label());
        }
        assertEquals(8 * 2 * 8, of(InventRow.MIX).size());
        assertEquals(Kind.values().length, of(InventRow.MEMBER).size());
        assertEquals(8 * 6, of(InventRow.PRIOR_PROMPTED).size());
        List<InventedConcept> unlike = SMALL.concepts();
        assertEquals(48, unlike.stream().map(InventedConcept::seed).distinct().count());
    }

    @Test
    void aCellIsDescribedByWhatDecidesItsResult() {
        assertEquals(List.of(), drawn(InventRow.NAME).needs());
        JsonNode name = drawn(InventRow.NAME).description().settings();
        assertEquals("a picture of a pet", name.path("prompt").asText());
        assertEquals("", name.path("negative").asText());
        JsonNode prompted = drawn(InventRow.PROMPTED).description().settings();
        assertEquals("a picture of a pet", prompted.path("prompt").asText());
        assertEquals("a picture of a cat and a dog", prompted.path("negative").asText());
        assertEquals(
                "a picture of a <new>",
                drawn(InventRow.GIVEN).description().settings().path("prompt").asText());
        assertEquals(
                List.of("cat", "dog"), LearnSettings.texts(word(InventRow.GIVEN).path("negatives")));
        assertEquals(0, word(InventRow.NONE).path("negatives").size());
        assertNotEquals(word(InventRow.NONE), word(InventRow.ADAPTIVE));
        List<Product> parents = drawn(InventRow.MIX).needs().get(0).needs();
        assertEquals(
                List.of("a picture of a cat", "a picture of a dog"),
                parents.stream()
                        .map(parent ->
                                parent.description().settings().path("prompt").asText())
                        .toList());
        assertEquals(
                drawn(InventRow.FIRST).key(),
                of(InventRow.MEMBER).get(0).drawn().orElseThrow().key(),
                "an image is drawn once");
    }

    @Test
    void whatIsDescribedIsWhatIsAskedFor() {
        InventRequest request = new InventSettings(word(InventRow.ADAPTIVE)).member();
        InventRequest.Member member = (InventRequest.Member) request.goal();
        assertEquals(List.of("pet"), member.categories());
        assertEquals(List.of("cat", "dog", "rabbit", "bird", "fish"), member.members());
        assertEquals(100, member.questions().orElseThrow().every());
        assertEquals(3, member.questions().orElseThrow().patience());
        assertEquals(1000, request.pace().steps());
        assertEquals(1e-3, request.pace().rate());
        assertEquals(SMALL.concepts().get(0).seed(), request.pace().seed());
        assertEquals(12, request.contexts().size());
        assertEquals("pet", request.word().startsFrom());
        InventRequest.Member given = (InventRequest.Member)
                new InventSettings(word(InventRow.GIVEN)).member().goal();
        assertEquals(List.of("cat", "dog"), given.negatives());
        assertEquals(Optional.empty(), given.questions());
        assertEquals(Optional.empty(), given.thresholds(), "measured");
        InventRequest.Member free = (InventRequest.Member)
                new InventSettings(word(InventRow.FREE)).member().goal();
        assertEquals(List.of("cat", "dog"), free.negatives());
        assertEquals(Optional.of(new Thresholds(1, -1)), free.thresholds(), "no cosine is beyond");
    }

    @Test
    void atThePapersScaleItDoesWhatThePaperDid() {
        InventBench paper = bench(Map.of("clip", "another"), Scale.PAPER);
        assertEquals(75, paper.concepts().size());
        assertEquals(
                List.of("fruit", "furniture", "musical instrument", "pet", "plant"),
                paper.concepts().stream()
                        .map(InventedConcept::category)
                        .distinct()
                        .toList());
        assertEquals(
                3,
                paper.concepts().subList(0, 15).stream()
                        .map(InventedConcept::negatives)
                        .distinct()
                        .count());
        assertEquals(32, paper.products().drawing().seeds());
        assertEquals(2500, paper.products().course().steps());
        assertEquals(1e-4, paper.products().course().rate());
        assertEquals("photo", paper.products().medium());
    }

    @Test
    void nobodyClaimsWhoWasOptimisedAgainst() {
        assertEquals(List.of(InventJudge.READER), SMALL.independent());
        assertEquals(
                List.of(InventJudge.READER, InventJudge.CLIP),
                bench(Map.of("clip", "another", "reader", "r"), Scale.TINY).independent());
        assertEquals(List.of(), bench(Map.of("clip", "c"), Scale.TINY).independent());
        assertEquals(
                List.of(InventJudge.CLIP),
                bench(Map.of("clip", "d"), Scale.TINY).independent());
        assertTrue(!new GroundPrior("p", Optional.empty(), true).isIndependent("d"), "nobody knows");
    }

    @Test
    void theWorkIsCounted() {
        InventCourse course = SMALL.products().course();
        assertEquals(
                2 * 3 * course.steps() + 10 * (2 * 12 + 10),
                SMALL.work(Map.of(InventWork.INVENT, 2, WordWork.DRAW, 10)),
                1e-9);
    }

    @Test
    void withoutAPriorOrWithPicturesNothingIsInvented() {
        Ground none = ground(OWN, Optional.empty()).with(Optional.empty());
        String prior = assertThrows(IllegalArgumentException.class, () -> new InventProtocol().on(none, Scale.TINY))
                .getMessage();
        assertTrue(String.valueOf(prior).contains("the model tiny has none"), prior);
        Ground pictured = ground(OWN, Optional.of(Path.of("mine")));
        String pictures = assertThrows(
                        IllegalArgumentException.class, () -> new InventProtocol().on(pictured, Scale.TINY))
                .getMessage();
        assertTrue(String.valueOf(pictures).contains("leave out --pictures mine"), pictures);
    }
}
