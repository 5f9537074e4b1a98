package dev.hapax.method.prospect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Learned;
import dev.hapax.learning.Method;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProSpectTest {
    private static final List<String> ALONE = List.of("{}");

    @Test
    void eachSampleOfABatchReadsItsOwnStage() {
        try (TinyTeaching tiny = new TinyTeaching();
                Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(4);
            Method<DenoisingPass> method = ProSpect.direct(Word.of("<a>", "cat"), ALONE);
            Word word = method.words().get(0);
            Tensor rows = forward.initial(word).requiresGrad(true);
            DenoisingPass pass = forward.pass(method, Learned.of(word.in(Lexicon.empty(), rows)), 0);
            float[] sizes = Gradients.of(new Denoising().of(pass), List.of(rows))
                    .get(0)
                    .abs()
                    .sum(false, 1)
                    .toFloats();
            Set<Long> drawn = new TreeSet<>();
            pass.timesteps().forEach(t -> drawn.add(10 * t / 1000));
            assertTrue(drawn.size() > 1, "several stages in one batch, which the official code cannot do: " + drawn);
            for (int stage = 0; stage < 10; stage++) {
                assertEquals(drawn.contains((long) stage), sizes[stage] > 0, "stage " + stage);
            }
        }
    }

    @Test
    void stagesStartFromTheWholeInitWordAndThoseNotDrawnStay() {
        try (TinyTeaching tiny = new TinyTeaching()) {
            DenoisingForward forward = tiny.forward(1);
            Method<DenoisingPass> method = ProSpect.direct(Word.of("<a>", "cat"), ALONE);
            AdamW.Settings adam = AdamW.Settings.DEFAULT.withLazyRows();
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, new Trainer.Settings(2, 5e-3, adam))) {
                float[] before = trainer.words().rows("<a>").toFloats();
                float[] cat = forward.initial(Word.of("<x>", "cat")).toFloats();
                for (int i = 0; i < before.length; i++) {
                    assertEquals(cat[i % cat.length], before[i], "the official settings start from the letter t");
                }
                trainer.run(report -> {});
                float[] after = trainer.words().rows("<a>").toFloats();
                int moved = 0;
                for (int stage = 0; stage < 10; stage++) {
                    moved += after[stage * cat.length] != before[stage * cat.length] ? 1 : 0;
                }
                assertTrue(moved == 1 || moved == 2, "two steps of one sample moved " + moved + " stages");
            }
        }
    }

    @Test
    void theNetHasThePapersSizeAndLearns() {
        StageNet net = new StageNet(10, new Rng(1));
        assertEquals(31_477_248 - 4 * 512 * 768, net.parameters(768), "all but queries and keys, which cannot learn");
        try (TinyTeaching tiny = new TinyTeaching()) {
            DenoisingForward forward = tiny.forward(2);
            Method<DenoisingPass> method = ProSpect.generated(Word.of("<a>", "cat"), ALONE, new Rng(7));
            AdamW.Settings adam = AdamW.Settings.DEFAULT.withLazyRows();
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, new Trainer.Settings(2, 1e-3, adam));
                    Scope scope = Scope.open()) {
                Tensor before = trainer.words().rows("<a>");
                assertArrayEquals(new long[] {10, tiny.encoder().width()}, before.shape());
                float[] first = before.toFloats();
                Tensor parameters = trainer.state().get("word.<a>");
                float[] start = parameters.narrow(0, parameters.size(0) - 1, 1).toFloats();
                assertArrayEquals(forward.initial(Word.of("<x>", "cat")).toFloats(), start);
                trainer.run(report -> {});
                float[] after = trainer.words().rows("<a>").toFloats();
                for (int stage = 0; stage < 10; stage++) {
                    int at = (int) (stage * tiny.encoder().width());
                    assertTrue(first[at] != after[at], "the net moves all stages; " + stage);
                }
                assertArrayEquals(
                        start, parameters.narrow(0, parameters.size(0) - 1, 1).toFloats(), "the start vector stays");
            }
        }
    }

    @Test
    void theNetIsTheWrittenOutBlock() {
        try (Scope scope = Scope.open()) {
            StageNet net = new StageNet(2, new Rng(3));
            Tensor start = Tensor.of(new float[] {0.5f, -1, 2, 0.25f}, 1, 4);
            Tensor parameters = net.initial(start).to(DType.FLOAT64);
            double[] p = parameters.toDoubles();
            double[] made = net.rows(parameters).toDoubles();
            double[] expected = written(p, 4, 2);
            assertArrayEquals(expected, made, 1e-9);
        }
    }

    /** The block in plain loops. */
    private static double[] written(double[] p, int d, int stages) {
        int at = 0;
        double[] h = java.util.Arrays.copyOfRange(p, p.length - d, p.length);
        for (int block = 0; block < 2; block++) {
            double[] n = norm(h);
            at += 2 * d;
            double[] v = matrix(p, at, n, 512);
            at += 512 * d;
            double[] o = matrix(p, at, v, d);
            at += 512 * d;
            for (int i = 0; i < d; i++) {
                h[i] += o[i] + p[at + i];
            }
            at += d;
        }
        double[] n = norm(h);
        at += 2 * d;
        int hidden = 4 * d;
        double[] both = matrix(p, at, n, 2 * hidden);
        at += 2 * hidden * d;
        double[] gated = new double[hidden];
        for (int i = 0; i < hidden; i++) {
            double gate = both[hidden + i] + p[at + hidden + i];
            gated[i] = (both[i] + p[at + i]) * gate * normal(gate);
        }
        at += 2 * hidden;
        double[] out = matrix(p, at, gated, stages * d);
        at += hidden * stages * d;
        for (int i = 0; i < out.length; i++) {
            out[i] += p[at + i];
        }
        return out;
    }

    private static double[] matrix(double[] p, int at, double[] x, int outputs) {
        double[] y = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += p[at + i * x.length + j] * x[j];
            }
        }
        return y;
    }

    private static double[] norm(double[] x) {
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        double variance = java.util.Arrays.stream(x)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return java.util.Arrays.stream(x)
                .map(v -> (v - mean) / Math.sqrt(variance + 1e-5))
                .toArray();
    }

    /** The normal distribution by Simpson's rule. */
    private static double normal(double x) {
        int n = 2000;
        double step = x / n;
        double sum = 1 + Math.exp(-x * x / 2);
        for (int i = 1; i < n; i++) {
            double t = i * step;
            sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-t * t / 2);
        }
        return 0.5 + sum * step / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void aGeneratedWordHasOneVector() {
        assertThrows(
                IllegalArgumentException.class, () -> ProSpect.generated(new Word("<a>", "cat", 2), ALONE, new Rng(1)));
    }
}
