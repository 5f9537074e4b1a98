package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PairMlpTest {
    @Test
    void bothNounsGoThroughOneLayerAndTheirOrderCounts() {
        try (Scope scope = Scope.open()) {
            PairMlp network = PairMlp.of(Weights.of(new Initializer(5)), 4);
            Tensor nouns = new Rng(1).normal(Purpose.NOISE, 0, 0, 3, 4);
            Tensor boxes = network.apply(nouns, rows(2, 0), rows(0, 2));
            assertArrayEquals(new long[] {2, 2, 4}, boxes.shape());
            double[][] hidden = new double[3][];
            for (int i = 0; i < 3; i++) {
                hidden[i] = hidden(network, nouns.select(0, i).toFloats());
            }
            float[] numbers = boxes.toFloats();
            for (int out = 0; out < 8; out++) {
                assertEquals(box(network, hidden[2], hidden[0], out), numbers[out], 1e-5);
                assertEquals(box(network, hidden[0], hidden[2], out), numbers[8 + out], 1e-5);
            }
        }
    }

    private static Tensor rows(long... rows) {
        return Tensor.of(rows, rows.length);
    }

    private static double[] hidden(PairMlp network, float[] noun) {
        double[] hidden = new double[PairMlp.HIDDEN];
        float[] weight = network.noun().weight().toFloats();
        float[] bias = Objects.requireNonNull(network.noun().bias()).toFloats();
        for (int i = 0; i < hidden.length; i++) {
            double sum = bias[i];
            for (int j = 0; j < noun.length; j++) {
                sum += weight[i * noun.length + j] * noun[j];
            }
            hidden[i] = sum * normal(sum); // exact GELU
        }
        return hidden;
    }

    /** The cumulative normal distribution, summed up by Simpson's rule. */
    private static double normal(double x) {
        int n = 400;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double t = x * i / n;
            sum += Math.exp(-t * t / 2) * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return 0.5 + sum * x / n / 3 / Math.sqrt(2 * Math.PI);
    }

    private static double box(PairMlp network, double[] first, double[] second, int out) {
        float[] weight = network.boxes().weight().toFloats();
        double sum = Objects.requireNonNull(network.boxes().bias()).toFloats()[out];
        for (int i = 0; i < PairMlp.HIDDEN; i++) {
            sum += weight[out * 2 * PairMlp.HIDDEN + i] * first[i];
            sum += weight[out * 2 * PairMlp.HIDDEN + PairMlp.HIDDEN + i] * second[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }
}
