package dev.hapax.method.compositionalinversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.method.compositionalinversion.AnchorSettings.Reduction;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NearAnchorsTest {
    private static final int WIDTH = 8;
    private static final int TOKENS = 77;
    private static final AnchorTable TABLE = table();

    private static AnchorTable table() {
        List<float[]> vectors = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < 5; i++) {
                vectors.add(new Rng(1).normal(Purpose.NOISE, 0, i, WIDTH).toFloats());
            }
        }
        return new AnchorTable(List.of("cat", "dog", "chair", "car", "house"), vectors, TOKENS);
    }

    private static Tensor rows(int vectors, long seed) {
        return new Rng(seed).normal(Purpose.NOISE, 0, 9, vectors, WIDTH).requiresGrad(true);
    }

    private static Lexicon words(Tensor rows) {
        return Lexicon.empty().with("<a>", rows);
    }

    private static NearAnchors term(AnchorSettings settings, String own) {
        return (NearAnchors) CompositionalInversion.nearAnchors(Map.of("<a>", own), TABLE, settings);
    }

    private static AnchorSettings sum() {
        return AnchorSettings.PAPER.withReduction(Reduction.SUM).withAtoms(3);
    }

    @Test
    void theCodesFormPullsToTheClassAlone() {
        try (Scope scope = Scope.open()) {
            Tensor rows = rows(1, 2);
            Tensor loss = term(AnchorSettings.CODE, "dog").of(words(rows), 0);
            float[] gradient = Gradients.of(loss, List.of(rows)).get(0).toFloats();
            float[] e = rows.toFloats();
            double square = 0;
            for (int i = 0; i < WIDTH; i++) {
                double difference = e[i] - TABLE.vectors().get(1)[i];
                square += difference * difference;
                assertEquals(2 * difference / (TOKENS * WIDTH), gradient[i], 1e-8);
            }
            assertEquals(square / (TOKENS * WIDTH), loss.item(), 1e-7);
        }
    }

    @Test
    void equation6IsThePullToAConvexMeanAndAConstant() {
        try (Scope scope = Scope.open()) {
            Tensor rows = rows(1, 3);
            NearAnchors term = term(sum(), "");
            Tensor loss = term.of(words(rows), 0);
            float[] weights = chosen(term);
            double total = 0;
            float[] mean = new float[WIDTH];
            int active = 0;
            for (int i = 0; i < weights.length; i++) {
                total += weights[i];
                active += weights[i] > 0 ? 1 : 0;
                for (int j = 0; j < WIDTH; j++) {
                    mean[j] += weights[i] * TABLE.vectors().get(i)[j];
                }
            }
            assertEquals(1, total, 1e-6);
            assertTrue(active > 1 && active <= 3, active + " anchors");
            double expected = square(rows.toFloats(), mean);
            for (int i = 0; i < weights.length; i++) {
                expected += weights[i] * square(TABLE.vectors().get(i), mean);
            }
            assertEquals(expected, loss.item(), 1e-4);
            float[] gradient = Gradients.of(loss, List.of(rows)).get(0).toFloats();
            for (int j = 0; j < WIDTH; j++) {
                assertEquals(2 * (rows.toFloats()[j] - mean[j]), gradient[j], 1e-4);
            }
            double paper = term(sum().withReduction(Reduction.ANCHORS), "")
                    .of(words(rows), 0)
                    .item();
            assertEquals(loss.item() / 5, paper, 1e-5);
        }
    }

    private static float[] chosen(NearAnchors term) {
        Tensor saved = term.memory().get("<a>");
        assertTrue(saved != null);
        return java.util.Objects.requireNonNull(saved).toFloats();
    }

    private static double square(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void severalVectorsAreAveraged() {
        try (Scope scope = Scope.open()) {
            Tensor rows = rows(2, 4);
            double both = term(sum(), "").of(words(rows), 0).item();
            double first = term(sum(), "").of(words(rows.narrow(0, 0, 1)), 0).item();
            double second = term(sum(), "").of(words(rows.narrow(0, 1, 1)), 0).item();
            assertEquals((first + second) / 2, both, 1e-4);
        }
    }

    @Test
    void anchorsAreChosenAnewEveryFewSteps() {
        try (Scope scope = Scope.open()) {
            NearAnchors term = term(sum(), "");
            term.of(words(rows(1, 3)), 0);
            float[] before = chosen(term);
            Tensor moved = rows(1, 5);
            term.of(words(moved), 49);
            assertArrayEquals(before, chosen(term));
            term.of(words(moved), 50);
            assertNotEquals(
                    List.of(before[0], before[1], before[2]),
                    List.of(chosen(term)[0], chosen(term)[1], chosen(term)[2]));
        }
    }

    @Test
    void aResumedRunKeepsItsAnchors() {
        try (Scope scope = Scope.open()) {
            NearAnchors term = term(sum(), "");
            term.of(words(rows(1, 3)), 0);
            NearAnchors resumed = term(sum(), "");
            resumed.remember(term.memory());
            Tensor moved = rows(1, 5);
            assertEquals(
                    term.of(words(moved), 20).item(),
                    resumed.of(words(moved), 20).item());
            Map<String, Tensor> other = Map.of("<b>", Tensor.of(new float[5], 1, 5));
            assertThrows(IllegalArgumentException.class, () -> resumed.remember(other));
        }
    }

    @Test
    void theClassHasAtLeastItsShare() {
        float[] dog = TABLE.vectors().get(1);
        float[] away = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            away[i] = TABLE.vectors().get(3)[i] + 0.2f * dog[i];
        }
        AnchorSettings half = AnchorSettings.PAPER.withAtoms(2).withClassShare(0.5);
        assertArrayEquals(new float[] {0, 0.5f, 0, 0.5f, 0}, AnchorChoice.of(TABLE, away, half, 1), 1e-6f);
        // its own share of 1/6 is above a tenth
        AnchorSettings tenth = half.withClassShare(0.1);
        assertArrayEquals(new float[] {0, 1 / 6f, 0, 5 / 6f, 0}, AnchorChoice.of(TABLE, away, tenth, 1), 1e-5f);
        assertArrayEquals(new float[] {0, 1, 0, 0, 0}, AnchorChoice.of(TABLE, away, half.withAtoms(1), 1));
        AnchorSettings free = half.withClassShare(0).withAtoms(1);
        assertArrayEquals(new float[] {0, 0, 0, 1, 0}, AnchorChoice.of(TABLE, away, free, 1));
    }

    @Test
    void theNearestAnchorIsTakenWhereNonePointsTheSameWay() {
        AnchorTable table =
                new AnchorTable(List.of("far", "near"), List.of(new float[] {3, 0}, new float[] {0, 1}), TOKENS);
        assertArrayEquals(new float[] {0, 1}, AnchorChoice.of(table, new float[] {-1, -1}, AnchorSettings.PAPER, -1));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var unknown = assertThrows(IllegalArgumentException.class, () -> term(AnchorSettings.CODE, "cow"));
        assertEquals("\"cow\" is none of the 5 anchors; add it to them", unknown.getMessage());
        var none = assertThrows(IllegalArgumentException.class, () -> term(AnchorSettings.CODE, ""));
        assertTrue(String.valueOf(none.getMessage()).startsWith("the class of <a> shall be an anchor"));
        try (Scope scope = Scope.open()) {
            Lexicon wide = words(Tensor.of(new float[9], 1, 9));
            var width = assertThrows(
                    IllegalArgumentException.class, () -> term(sum(), "").of(wide, 0));
            assertEquals(
                    "the vectors of <a> have width 9, the anchors 8; take the anchors of the same text encoder",
                    width.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> AnchorSettings.PAPER.withWeight(1.01));
        assertThrows(IllegalArgumentException.class, () -> AnchorSettings.PAPER.withAtoms(0));
    }
}
