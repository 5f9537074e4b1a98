package dev.hapax.method.disendiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.TokenMaps;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
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
import org.junit.jupiter.api.Test;

/** Bind, and separate and strengthen, on attention maps at hand. */
class AttentionLossesTest extends CatAndBall {
    private static final int SIDE = 6;

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
}
