package dev.hapax.method.disendiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.TokenMaps;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Learned;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.Tuning;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DisenDiffTest {
    private static final List<String> PLAIN = List.of("{}");
    private static final int SIDE = 6;
    private static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    private static Subject subject(String modifier, String className) {
        return new Subject(Word.of(modifier, "red"), className);
    }

    private static final List<Subject> PAIR = List.of(subject("<a>", "cat"), subject("<b>", "ball"));

    private static Method<DenoisingPass> method(List<Subject> subjects, String prompt, DisenDiffSettings settings) {
        return DisenDiff.of(subjects, prompt, PLAIN, Tuning.CROSS_KEYS_VALUES, 1, settings);
    }

    /** A pass of given prompts with random maps. */
    private static DenoisingPass pass(List<String> prompts, List<Subject> subjects, Tensor maps, int regularising) {
        Lexicon words = Lexicon.empty();
        for (Subject subject : subjects) {
            words = words.with(
                    subject.modifier().token(),
                    Tensor.zeros(DType.FLOAT32, subject.modifier().vectors(), 16));
        }
        List<TokenIds> tokens = new ArrayList<>();
        for (String prompt : prompts) {
            tokens.add(tiny.tokenizer().encode(prompt, words));
        }
        int n = prompts.size();
        Tensor none = Tensor.zeros(DType.FLOAT32, n, 4, 8, 8);
        return new DenoisingPass(
                0,
                Collections.nCopies(n, 0),
                Collections.nCopies(n, false),
                Collections.nCopies(n, 5L),
                none,
                none,
                tokens,
                words,
                Tensor.zeros(DType.FLOAT32, n, 77, 16),
                Optional.of(new TokenMaps(maps)),
                regularising,
                Optional.empty());
    }

    private static Tensor maps(int samples) {
        return new Rng(5)
                .normal(Purpose.EVALUATION, 0, 0, samples, 77, SIDE, SIDE)
                .abs();
    }

    /** The authors' steps in plain loops: mean over tokens, scaled, smoothed, and squared for a class. */
    private static double[][] shaped(float[] maps, int sample, int first, int count, boolean square) {
        double[][] mean = new double[SIDE][SIDE];
        double low = Double.MAX_VALUE;
        double high = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int k = first; k < first + count; k++) {
                    mean[y][x] += maps[((sample * 77 + k) * SIDE + y) * SIDE + x] / count;
                }
                low = Math.min(low, mean[y][x]);
                high = Math.max(high, mean[y][x]);
            }
        }
        double[] kernel = {.2119415576, .5761168848, .2119415576};
        double[][] smooth = new double[SIDE][SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int dy = -1; dy <= 1; dy++) {
                    for (int dx = -1; dx <= 1; dx++) {
                        double value = mean[reflect(y + dy)][reflect(x + dx)];
                        smooth[y][x] += kernel[dy + 1] * kernel[dx + 1] * (value - low) / (high - low + 1e-8);
                    }
                }
                smooth[y][x] = square ? smooth[y][x] * smooth[y][x] : smooth[y][x];
            }
        }
        return smooth;
    }

    private static int reflect(int i) {
        return i < 0 ? -i : i >= SIDE ? 2 * (SIDE - 1) - i : i;
    }

    private static double overlap(double[][] a, double[][] b) {
        double both = 0;
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                both += a[y][x] * b[y][x];
                sum += a[y][x] + b[y][x];
            }
        }
        return (both + 1) / (sum - both + 1);
    }

    @Test
    void bothLossesAreThePlainLoopsForAnyBatch() {
        for (int batch : new int[] {1, 2, 3}) { // the official code counts on two
            try (Scope scope = Scope.open()) {
                Tensor maps = maps(batch);
                float[] values = maps.toFloats();
                DenoisingPass pass = pass(Collections.nCopies(batch, "<a> cat and <b> ball"), PAIR, maps, 0);
                double bind = 0;
                double separate = 0;
                int[] ball = tokens(pass, "ball");
                int[] cat = tokens(pass, "cat");
                for (int s = 0; s < batch; s++) {
                    double[][] c1 = shaped(values, s, cat[0], cat.length, true);
                    double[][] c2 = shaped(values, s, ball[0], ball.length, true);
                    bind += 2
                            - overlap(c1, shaped(values, s, cat[0] - 1, 1, false))
                            - overlap(c2, shaped(values, s, ball[0] - 1, 1, false));
                    separate += overlap(c1, c2);
                }
                AttentionShape shape = new AttentionShape(true, 1);
                assertEquals(bind / batch, new Bind(PAIR, shape).of(pass).item(), 1e-5);
                assertEquals(
                        separate / batch,
                        new SeparateAndStrengthen(PAIR, shape).of(pass).item(),
                        1e-5);
            }
        }
    }

    private static int[] tokens(DenoisingPass pass, String word) {
        return pass.positions(word).get(0);
    }

    @Test
    void aClassOfSeveralTokensIsTheMeanOfAllOfThem() {
        Subject bear = new Subject(new Word("<a>", "red", 2), "teddy bear");
        List<Subject> one = List.of(bear);
        try (Scope scope = Scope.open()) {
            Tensor maps = maps(1);
            DenoisingPass pass = pass(List.of("a bear <a> teddy bear here"), one, maps, 0);
            int[] modifier = bear.modifierPositions(pass).get(0);
            int[] words = bear.classPositions(pass).get(0);
            assertEquals(2, modifier.length);
            assertTrue(words.length > 2, "teddy and bear are several pieces each here");
            assertEquals(modifier[1] + 1, words[0]);
            double expected = 1
                    - overlap(
                            shaped(maps.toFloats(), 0, words[0], words.length, true),
                            shaped(maps.toFloats(), 0, modifier[0], 2, false));
            assertEquals(
                    expected,
                    new Bind(one, new AttentionShape(true, 1)).of(pass).item(),
                    1e-5);
        }
    }

    @Test
    void threeClassesAreSeparatedPairByPairOnAverage() {
        List<Subject> three = List.of(subject("<a>", "cat"), subject("<b>", "ball"), subject("<c>", "dog"));
        try (Scope scope = Scope.open()) {
            DenoisingPass pass = pass(List.of("<a> cat and <b> ball and <c> dog"), three, maps(1), 0);
            AttentionShape shape = new AttentionShape(true, 1);
            double sum = 0;
            for (int[] pair : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
                List<Subject> two = List.of(three.get(pair[0]), three.get(pair[1]));
                sum += new SeparateAndStrengthen(two, shape).of(pass).item();
            }
            assertEquals(
                    sum / 3, new SeparateAndStrengthen(three, shape).of(pass).item(), 1e-6);
        }
    }

    @Test
    void theClassIsHeldWhereItsModifierIsBoundToIt() {
        try (Scope scope = Scope.open()) {
            Tensor maps = maps(1).requiresGrad(true);
            DenoisingPass pass = pass(List.of("<a> cat and <b> ball"), PAIR, maps, 0);
            AttentionShape shape = new AttentionShape(true, 1);
            Tensor bind = gradient(new Bind(PAIR, shape).of(pass), maps);
            Tensor separate = gradient(new SeparateAndStrengthen(PAIR, shape).of(pass), maps);
            for (Subject subject : PAIR) {
                int own = subject.classPositions(pass).get(0)[0];
                int modifier = subject.modifierPositions(pass).get(0)[0];
                assertEquals(0, size(bind, own));
                assertTrue(size(bind, modifier) > 0);
                assertTrue(size(separate, own) > 0);
                assertEquals(0, size(separate, modifier));
            }
        }
    }

    private static Tensor gradient(Tensor loss, Tensor maps) {
        return Gradients.of(loss, List.of(maps)).get(0);
    }

    private static double size(Tensor gradient, int token) {
        return gradient.select(1, token).abs().sum().item();
    }

    @Test
    void regularisingSamplesHaveNoPartInTheAttentionLosses() {
        try (Scope scope = Scope.open()) {
            Tensor maps = maps(2);
            AttentionShape shape = new AttentionShape(true, 1);
            DenoisingPass both = pass(List.of("<a> cat and <b> ball", "a cat"), PAIR, maps, 1);
            DenoisingPass alone = pass(List.of("<a> cat and <b> ball"), PAIR, maps.narrow(0, 0, 1), 0);
            for (LossTerm<DenoisingPass> loss :
                    List.of(new Bind(PAIR, shape), new SeparateAndStrengthen(PAIR, shape))) {
                assertEquals(loss.of(alone).item(), loss.of(both).item());
            }
        }
    }

    @Test
    void smoothingAndSuppressionAreSwitches() {
        try (Scope scope = Scope.open()) {
            DenoisingPass pass = pass(List.of("<a> cat and <b> ball"), PAIR, maps(1), 0);
            List<Double> values = new ArrayList<>();
            for (AttentionShape shape : List.of(
                    new AttentionShape(true, 1),
                    new AttentionShape(false, 1),
                    new AttentionShape(true, 0),
                    new AttentionShape(true, 2))) {
                values.add(new SeparateAndStrengthen(PAIR, shape).of(pass).item());
            }
            assertEquals(4, values.stream().distinct().count(), values.toString());
        }
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
            java.util.Map<String, Tensor> weights = new java.util.LinkedHashMap<>(forward.initialWeights(method));
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
        Trainer.Settings pace = new Trainer.Settings(40, 0.02, 0.02, Double.POSITIVE_INFINITY, AdamW.Settings.DEFAULT);
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

    private static void assertMistake(String reason, org.junit.jupiter.api.function.Executable body) {
        String message = assertThrows(IllegalArgumentException.class, body).getMessage();
        assertTrue(message.contains(reason), message);
        assertFalse(message.contains("\n"));
    }
}
