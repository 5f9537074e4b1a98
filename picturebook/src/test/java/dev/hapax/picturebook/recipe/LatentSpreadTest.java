package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatentSpreadTest {
    @Test
    void standardisesLatentsAndChangesNoPixel() {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Weights declared = Weights.of(new Initializer(1));
            Vae before = Vae.of(TinyModel.vae(), declared);
            Map<String, Tensor> parameters = new LinkedHashMap<>(declared.used());
            Tensor image = new Rng(2).normal(Purpose.NOISE, 0, 0, 2, 3, 32, 32);
            Posterior old = before.encode(image);

            LatentSpread spread = LatentSpread.of(old.mean());
            Vae after = Vae.of(TinyModel.vae(), Weights.of(new Parameters.Given(spread.folded(parameters))));
            Posterior standardised = after.encode(image);
            LatentSpread now = LatentSpread.of(standardised.mean());

            for (int c = 0; c < 4; c++) {
                assertEquals(0, now.means()[c], 1e-4);
                assertEquals(1, now.deviations()[c], 1e-4);
            }
            Tensor noise = new Rng(3).normal(Purpose.NOISE, 1, 0, old.mean().shape());
            assertArrayEquals(
                    before.decode(old.sample(noise)).toFloats(),
                    after.decode(standardised.sample(noise)).toFloats(),
                    1e-4f);
        }
    }
}
