package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.grid.Product;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.McplRecord;
import dev.hapax.run.Regularisation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Course COURSE = new Course(List.of(1L, 4L), 0.01, 2, 7, List.of("{}"));
    private static final Subject SUBJECT = Subject.of(PairScene.of(80_000_000, 32));
    private static final Ground GROUND = TinyGround.drawn();

    private static List<String> sentences(String variant) {
        return products(variant).stream()
                .map(product ->
                        product.description().settings().path("sentence").asText())
                .toList();
    }

    private static List<Product> products(String variant) {
        Variant named = McplProtocol.variants().stream()
                .filter(each -> each.name().equals(variant))
                .findFirst()
                .orElseThrow();
        return COURSE.products(named, SUBJECT, GROUND);
    }

    @Test
    void wordsAreLearnedTogetherOrEachForItself() {
        // scene 80000000: "a purple <a> left of a red <b> on grass"
        String sentence = SUBJECT.sentence();
        String a = SUBJECT.nouns().get("<a>");
        String b = SUBJECT.nouns().get("<b>");
        assertEquals(List.of(sentence), sentences("one"));
        assertEquals(List.of("<a>", "<b>"), sentences("textual inversion"));
        assertEquals(
                List.of(sentence.replace("<b>", b), sentence.replace("<a>", a)),
                sentences("learned apart and put together"));
    }

    @Test
    void whatDecidesTheWordsIsDescribed() {
        Product plain = products("one").get(0);
        assertNotEquals(plain.key(), products("one + AttnMask").get(0).key());
        assertNotEquals(
                products("one + PromptCL + AttnMask").get(0).key(),
                products("one + PromptCL + AttnMask + Bind adj.").get(0).key());
        assertEquals(plain.key(), products("one").get(0).key());
        McplSettings bound = McplProtocol.WHOLE.regularisers(SUBJECT.adjectives());
        assertEquals(
                bound,
                McplRecord.read(products("one + PromptCL + AttnMask + Bind adj.")
                        .get(0)
                        .description()
                        .settings()
                        .path("regularisers")));
    }

    @Test
    void whatMovesWeightsIsRemindedOfTheClass() {
        Subject pair = SUBJECT.withSentence(PairScene.of(80_000_000, 32).modifiedNouns());
        Course course = new Course(List.of(4L), 0.01, 2, 7, List.of("{}"), 0.5, 3);
        Product whole = course.products(DisenDiffProtocol.WHOLE, pair, GROUND).get(0);
        Product unbound =
                course.products(DisenDiffProtocol.UNBOUND, pair, GROUND).get(0);
        assertNotEquals(whole.key(), unbound.key());
        assertEquals(whole.needs(), unbound.needs(), "drawn once");
        assertEquals(
                "a " + pair.nouns().get("<a>") + " and a " + pair.nouns().get("<b>"),
                whole.needs().get(0).description().settings().path("prompt").asText());
        assertEquals(
                "lowest_down",
                whole.description().settings().at("/weights/maps").asText(),
                "what was learned with other maps is learned anew");
        assertEquals(
                List.of(),
                course.products(DisenDiffProtocol.INVERSION, pair, GROUND)
                        .get(0)
                        .needs());
        assertEquals(
                DisenDiffProtocol.UNBOUND.attention(),
                new LearnSettings(unbound.description().settings())
                        .weights(Regularisation.NONE, Map.of())
                        .disenDiff());
    }

    /** The drawn world has no padded or magnified pictures: a model of it would learn the padding. */
    @Test
    void photographsAreAugmentedAndDrawnScenesAreNot() {
        Subject pair = SUBJECT.withSentence(PairScene.of(80_000_000, 32).modifiedNouns());
        Ground photographs = TinyGround.of(Optional.of(Path.of("photographs")));
        for (Variant variant : List.of(DisenDiffProtocol.CUSTOM, DisenDiffProtocol.WHOLE)) {
            assertFalse(augments(variant, pair, GROUND), variant.name());
            assertTrue(augments(variant, pair, photographs), variant.name());
        }
        assertFalse(augments(DisenDiffProtocol.DREAMBOOTH, pair, photographs), "as its authors do it");
    }

    private static boolean augments(Variant variant, Subject pair, Ground ground) {
        Product learned = COURSE.products(variant, pair, ground).get(0);
        return new LearnSettings(learned.description().settings())
                .weights(Regularisation.NONE, Map.of())
                .augment();
    }

    @Test
    void stepsRise() {
        assertEquals(4, COURSE.last());
        assertThrows(IllegalArgumentException.class, () -> new Course(List.of(4L, 4L), 0.01, 2, 7, List.of("{}")));
        assertThrows(IllegalArgumentException.class, () -> new Course(List.of(0L), 0.01, 2, 7, List.of("{}")));
        assertThrows(IllegalArgumentException.class, () -> new Course(List.of(), 0.01, 2, 7, List.of("{}")));
    }
}
