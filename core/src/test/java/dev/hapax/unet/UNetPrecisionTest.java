package dev.hapax.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same network in fp64 and bf16. */
class UNetPrecisionTest {
    private static final Tensor TEXT = TinyUNet.noise(1, 2, 5, 10);

    @Test
    void gradientsAgreeWithDifferencesInDouble() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Converted(new Initializer(1), DType.FLOAT64));
            UNet unet = UNet.of(Config.of(TinyUNet.config()), weights);
            Tensor latents = TinyUNet.noise(2, 2, 4, 5, 4).to(DType.FLOAT64);
            Tensor text = TEXT.to(DType.FLOAT64).copy().requiresGrad(true);
            Tensor weight = Objects.requireNonNull(weights.used().get("down_blocks.1.attentions.0.proj_in.weight"))
                    .requiresGrad(true);
            Tensor loss = predict(unet, latents, TextContext.of(text)).square().mean();
            List<Tensor> gradients = Gradients.of(loss, List.of(text, weight));
            assertEquals(DType.FLOAT64, loss.dtype());
            for (int i = 0; i < 2; i++) {
                Tensor leaf = List.of(text, weight).get(i);
                Tensor direction = TinyUNet.noise(7, leaf.shape()).to(DType.FLOAT64);
                double numeric = along(unet, latents, text, leaf, direction, 1e-5);
                assertEquals(gradients.get(i).times(direction).sum().item(), numeric, 1e-7 + 1e-5 * Math.abs(numeric));
                assertTrue(Math.abs(numeric) > 1e-5, "the loss depends on leaf " + i);
            }
        }
    }

    private static double along(UNet unet, Tensor latents, Tensor text, Tensor leaf, Tensor direction, double step) {
        try (Gradients.Region frozen = Gradients.off()) {
            leaf.addInPlace(direction, step);
            double above =
                    predict(unet, latents, TextContext.of(text)).square().mean().item();
            leaf.addInPlace(direction, -2 * step);
            double below =
                    predict(unet, latents, TextContext.of(text)).square().mean().item();
            leaf.addInPlace(direction, step);
            return (above - below) / (2 * step);
        }
    }

    @Test
    void halfPrecisionStaysClose() {
        try (Scope scope = Scope.open()) {
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8);
            Tensor full = predict(TinyUNet.of(TinyUNet.config()), latents, TextContext.of(TEXT));
            Converted weights = new Converted(new Initializer(1), DType.BFLOAT16);
            UNet half = UNet.of(Config.of(TinyUNet.config()), Weights.of(weights));
            Tensor out = predict(half, latents.to(DType.BFLOAT16), TextContext.of(TEXT.to(DType.BFLOAT16)));
            assertEquals(DType.BFLOAT16, out.dtype());
            assertEquals(
                    0,
                    distance(full, out.to(DType.FLOAT32)),
                    0.1 * full.abs().reshape(-1).max(false, 0).item());
        }
    }

    /** Parameters of another source in another type. */
    private record Converted(Weights.Source source, DType dtype) implements Weights.Source {
        @Override
        public boolean has(String name) {
            return source.has(name);
        }

        @Override
        public Tensor get(String name, long... shape) {
            return source.get(name, shape).to(dtype);
        }

        @Override
        public Set<String> names() {
            return source.names();
        }
    }

    private static Tensor predict(UNet unet, Tensor latents, TextContext text) {
        return unet.predict(latents, TinyUNet.timestep(321), text);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.minus(b).abs().reshape(-1).max(false, 0).item();
    }
}
