package dev.hapax.method.disendiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.MapLevel;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.AttentionNeed;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Learned;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.Tuning;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DisenDiffTest extends CatAndBall {
    private static final List<String> PLAIN = List.of("{}");

    private static Method<DenoisingPass> method(List<Subject> subjects, String prompt, DisenDiffSettings settings) {
        return DisenDiff.of(subjects, prompt, PLAIN, Tuning.CROSS_KEYS_VALUES, 1, settings);
    }

    @Test
    void everyTermIsASwitchAndAWeight() {
        ToDoubleFunction<DisenDiffSettings> count = settings ->
                method(PAIR, "<a> cat and <b> ball", settings).losses().size();
        assertEquals(4, count.applyAsDouble(DisenDiffSettings.SHIPPED));
        assertEquals(3, count.applyAsDouble(DisenDiffSettings.SHIPPED.withWeights(0, 1)));
        assertEquals(2, count.applyAsDouble(DisenDiffSettings.SHIPPED.withWeights(0, 0)));
        assertEquals(
                3,
                DisenDiff.of(PAIR, "<a> cat and <b> ball", PLAIN, Tuning.NONE, 0, DisenDiffSettings.SHIPPED)
                        .losses()
                        .size());
        assertThrows(IllegalArgumentException.class, () -> DisenDiffSettings.SHIPPED.withMaps(true, 3));
        assertThrows(IllegalArgumentException.class, () -> DisenDiffSettings.SHIPPED.withWeights(-1, 0));
    }

    @Test
    void attentionIsReadFromTheLowestLayersOfTheWayDown() {
        assertEquals(
                AttentionNeed.gradient(MapLevel.LOWEST_DOWN),
                method(PAIR, "<a> cat and <b> ball", DisenDiffSettings.SHIPPED).attention());
        assertEquals(
                AttentionNeed.NONE,
                method(PAIR, "<a> cat and <b> ball", DisenDiffSettings.SHIPPED.withWeights(0, 0))
                        .attention());
    }

    @Test
    void everyTermCountsWithItsOwnWeight() {
        List<Double> plain =
                tiny.losses(method(PAIR, "<a> cat and <b> ball", DisenDiffSettings.SHIPPED.withWeights(1, 1)));
        List<Double> weighted = tiny.losses(DisenDiff.of(
                PAIR,
                "<a> cat and <b> ball",
                PLAIN,
                Tuning.CROSS_KEYS_VALUES,
                0.5,
                DisenDiffSettings.SHIPPED.withWeights(0.25, 3)));
        double[] weights = {1, 0.5, 0.25, 3}; // denoising, prior, bind, separate
        for (int i = 0; i < weights.length; i++) {
            assertTrue(plain.get(i) > 0.01, plain.toString());
            assertEquals(weights[i] * plain.get(i), weighted.get(i), 1e-5, "loss " + i);
        }
    }

    /** In the official code only the last modifier's row, or the first vector of a word, gets a gradient. */
    @Test
    void everyVectorOfEveryModifierGetsAGradient() {
        List<Subject> subjects = List.of(
                new Subject(new Word("<a>", "red", 2), "cat"),
                new Subject(new Word("<b>", "red", 2), "ball"),
                new Subject(new Word("<c>", "blue", 2), "dog"));
        DenoisingForward forward = tiny.forward(1);
        Method<DenoisingPass> method =
                method(subjects, "<a> cat and <b> ball and <c> dog", DisenDiffSettings.SHIPPED.withWeights(1, 1));
        try (Scope scope = Scope.open()) {
            forward.check(method);
            Lexicon words = Lexicon.empty();
            List<Tensor> rows = new ArrayList<>();
            for (Word word : method.words()) {
                Tensor row = forward.initial(word).detach().copy().requiresGrad(true);
                words = words.with(word.token(), row);
                rows.add(row);
            }
            // the middle one of three is left at random there; here both start from the same
            assertArrayEquals(rows.get(0).toFloats(), rows.get(1).toFloats());
            Learned learned = new Learned(words, forward.initialWeights(method));
            DenoisingPass pass = forward.pass(method, learned, 0);
            for (LossTerm<DenoisingPass> loss : method.losses()) {
                if (!loss.name().startsWith("prior")) {
                    List<Tensor> gradients = Gradients.of(loss.of(pass), Tensor.ones(DType.FLOAT32), rows, true);
                    for (Tensor gradient : gradients) {
                        for (int vector = 0; vector < 2; vector++) {
                            assertTrue(gradient.select(0, vector).abs().sum().item() > 0, loss.name() + " " + vector);
                        }
                    }
                }
            }
        }
    }

    @Test
    void keysLearnFromAttentionAlone() {
        Method<DenoisingPass> method =
                method(PAIR, "<a> cat and <b> ball", DisenDiffSettings.SHIPPED.withWeights(1, 1));
        try (Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(2);
            Map<String, Tensor> weights = new LinkedHashMap<>(forward.initialWeights(method));
            weights.replaceAll((name, weight) -> weight.copy().requiresGrad(true));
            Lexicon words = Lexicon.empty();
            for (Word word : method.words()) {
                words = words.with(word.token(), forward.initial(word));
            }
            DenoisingPass pass = forward.pass(method, new Learned(words, weights), 0);
            List<String> names = List.copyOf(weights.keySet());
            List<Tensor> gradients = Gradients.of(method.losses().get(2).of(pass), List.copyOf(weights.values()));
            boolean moved = false;
            for (int i = 0; i < names.size(); i++) {
                double size = gradients.get(i).abs().sum().item();
                moved |= size > 0;
                if (names.get(i).startsWith("unet.up_blocks.1.attentions.1")
                        && names.get(i).contains("to_v")) {
                    assertEquals(0, size, "values of the last layer come after every map");
                }
            }
            assertTrue(moved);
        }
    }

    @Test
    void trainingBringsTheAttentionLossesDown() {
        double[] with = attentionLosses(20);
        double[] without = attentionLosses(0);
        assertEquals(without[0], with[0]);
        assertTrue(with[1] < 0.9 * with[0], with[0] + " then " + with[1]);
        assertTrue(with[1] < 0.9 * without[1], with[1] + " with, " + without[1] + " without");
    }

    /** Before and after training with so much weight on them. */
    private double[] attentionLosses(double weight) {
        DisenDiffSettings settings = DisenDiffSettings.SHIPPED.withWeights(weight, weight);
        Method<DenoisingPass> judged =
                method(PAIR, "<a> cat and <b> ball", DisenDiffSettings.SHIPPED.withWeights(1, 1));
        DenoisingForward forward = tiny.forward(2, "a cat");
        Trainer.Settings pace = new Trainer.Settings(100, 0.02, 0.02, Double.POSITIVE_INFINITY, AdamW.Settings.DEFAULT);
        try (Trainer<DenoisingPass> trainer =
                new Trainer<>(method(PAIR, "<a> cat and <b> ball", settings), forward, pace)) {
            double before = attentionLosses(judged, forward, trainer);
            trainer.run(report -> {});
            return new double[] {before, attentionLosses(judged, forward, trainer)};
        }
    }

    /** Over the noise of the first steps. */
    private static double attentionLosses(
            Method<DenoisingPass> method, DenoisingForward forward, Trainer<DenoisingPass> trainer) {
        double sum = 0;
        for (int step = 0; step < 6; step++) {
            try (Scope scope = Scope.open()) {
                DenoisingPass pass = forward.pass(method, new Learned(trainer.words(), trainer.weights()), step);
                sum += method.losses().get(2).of(pass).item()
                        + method.losses().get(3).of(pass).item();
            }
        }
        return sum;
    }

    @Test
    void mistakesAreTold() {
        assertMistake(
                "the class cat is given twice, to <a> and <b>",
                () -> method(
                        List.of(subject("<a>", "Cat"), subject("<b>", "cat")),
                        "<a> cat and <b> cat",
                        DisenDiffSettings.SHIPPED));
        assertMistake("needs the name of its class behind it", () -> subject("<a>", " "));
        assertMistake("nothing to learn", () -> method(List.of(), "a cat", DisenDiffSettings.SHIPPED));
        assertMistake(
                "does not hold <b> ball",
                () -> tiny.forward(1).check(method(PAIR, "<a> cat and a <b>", DisenDiffSettings.SHIPPED)));
    }

    private static void assertMistake(String reason, Executable body) {
        String message = assertThrows(IllegalArgumentException.class, body).getMessage();
        assertTrue(message.contains(reason), message);
        assertFalse(message.contains("\n"));
    }
}
