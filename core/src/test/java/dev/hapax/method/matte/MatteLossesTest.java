package dev.hapax.method.matte;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MatteLossesTest {
    private static final int WIDTH = 768;
    private static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void valuesAreThoseOfTheFormulas() {
        try (Scope scope = Scope.open()) {
            double[] c = {1, 0, 2};
            double[] s = {0, 2, 1};
            double[] g = {1, 1, 0};
            assertEquals(5, value(near(MatteSettings.Form.DISTANCES, g), c, s), 1e-12);
            double apart = Math.sqrt(6) - Math.sqrt(3);
            assertEquals(apart * apart, value(equal(MatteSettings.Form.DISTANCES, g), c, s), 1e-12);
            assertEquals(3, value(equal(MatteSettings.Form.SQUARED_DISTANCES, g), c, s), 1e-12);
            assertEquals(1 - 1 / Math.sqrt(10), value(near(MatteSettings.Form.COSINE, g), c, s), 1e-12);
            double cosines = 2.0 / 5 - 2 / Math.sqrt(10);
            assertEquals(cosines * cosines, value(equal(MatteSettings.Form.COSINE, g), c, s), 1e-12);
            assertEquals(0, value(equal(MatteSettings.Form.DISTANCES, c), c, s), 1e-12, "nothing to do if c is g");
        }
    }

    @Test
    void gradientsAreTheSlopes() {
        double[] c = noise(1);
        double[] s = noise(2);
        double[] g = noise(3);
        for (MatteSettings.Form form : MatteSettings.Form.values()) {
            slopes(near(form, g), c, s);
            slopes(equal(form, g), c, s);
        }
    }

    private static void slopes(LossTerm<DenoisingPass> loss, double[] c, double[] s) {
        try (Scope scope = Scope.open()) {
            Tensor tc = Tensor.of(c, 1, WIDTH).requiresGrad(true);
            Tensor ts = Tensor.of(s, 1, WIDTH).requiresGrad(true);
            List<Tensor> gradients = Gradients.of(loss.of(pass(tc, ts)), List.of(tc, ts));
            double step = 1e-6;
            for (int i = 0; i < WIDTH; i += 37) {
                for (int which = 0; which < 2; which++) {
                    double[] up = (which == 0 ? c : s).clone();
                    double[] down = up.clone();
                    up[i] += step;
                    down[i] -= step;
                    double slope = which == 0
                            ? (value(loss, up, s) - value(loss, down, s)) / (2 * step)
                            : (value(loss, c, up) - value(loss, c, down)) / (2 * step);
                    assertEquals(slope, gradients.get(which).toDoubles()[i], 1e-7, loss.name() + " " + i);
                }
            }
        }
    }

    @Test
    void theColorOfThePictureIsTheWeightedMeanOfItsWords() {
        try (Scope scope = Scope.open()) {
            Representation rows = new Representation(MatteSettings.Space.TOKEN, tiny.tokenizer(), tiny.encoder());
            float[] red = rows.of("red").toFloats();
            float[] blue = rows.of("blue").toFloats();
            float[] mean = rows.of(Map.of("red", 3.0, "blue", 1.0)).toFloats();
            for (int i = 0; i < mean.length; i++) {
                assertEquals(0.75 * red[i] + 0.25 * blue[i], mean[i], 1e-6);
            }
            Representation features =
                    new Representation(MatteSettings.Space.TEXT_FEATURE, tiny.tokenizer(), tiny.encoder());
            assertEquals(1, features.of("red").square().sum().item(), 1e-5);
            Lexicon words = Lexicon.empty()
                    .with(
                            "<c>",
                            tiny.encoder().tokenTable().narrow(0, 3, 1).copy().requiresGrad(true));
            Tensor feature = features.of(words, "<c>");
            assertTrue(Gradients.of(feature.narrow(0, 0, 1).sum(), List.of(words.rows("<c>")))
                            .get(0)
                            .abs()
                            .sum()
                            .item()
                    > 0);
        }
    }

    private static LossTerm<DenoisingPass> near(MatteSettings.Form form, double[] g) {
        return new Nearness("near", "<c>", Tensor.of(g, g.length), form, rows());
    }

    private static LossTerm<DenoisingPass> equal(MatteSettings.Form form, double[] g) {
        return new EqualDistance("equal", "<c>", Tensor.of(g, g.length), "<s>", form, rows());
    }

    private static Representation rows() {
        return new Representation(MatteSettings.Space.TOKEN, tiny.tokenizer(), tiny.encoder());
    }

    private static double value(LossTerm<DenoisingPass> loss, double[] c, double[] s) {
        try (Scope scope = Scope.open()) {
            return loss.of(pass(Tensor.of(c, 1, c.length), Tensor.of(s, 1, s.length)))
                    .toDoubles()[0];
        }
    }

    private static DenoisingPass pass(Tensor c, Tensor s) {
        Lexicon words = Lexicon.empty().with("<c>", c).with("<s>", s);
        return new DenoisingPass(
                0,
                List.of(0),
                List.of(false),
                List.of(0L),
                c,
                c,
                List.of(tiny.tokenizer().encode("x")),
                words,
                c,
                Optional.empty());
    }

    private static double[] noise(long sample) {
        return new Rng(2)
                .normal(Purpose.EVALUATION, 0, sample, WIDTH)
                .times(0.014)
                .toDoubles();
    }
}
