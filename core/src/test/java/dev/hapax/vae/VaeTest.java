package dev.hapax.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaeTest {
    private static final Rng RNG = new Rng(7);

    @ParameterizedTest
    @CsvSource({"'4', 1, 4, 1", "'4 6', 1, 2, 3", "'6 9 3', 2, 3, 5", "'8 4 4 8', 3, 1, 4"})
    void anyArchitectureComesBackToTheImagesShape(String widths, int layers, int groups, int latentChannels) {
        List<Integer> channels = new ArrayList<>();
        for (String width : widths.split(" ", -1)) {
            channels.add(Integer.valueOf(width));
        }
        Map<String, Object> config = config(channels, layers, groups);
        config.put("latent_channels", latentChannels);
        try (Scope scope = Scope.open()) {
            Vae vae = Vae.of(Config.of(config), Weights.of(new Initializer(1)));
            long r = vae.reduction();
            Posterior posterior = vae.encode(noise(1, 2, 3, 3 * r, 2 * r));
            assertArrayEquals(
                    new long[] {2, latentChannels, 3, 2}, posterior.mean().shape());
            assertArrayEquals(
                    new long[] {2, latentChannels, 3, 2}, posterior.logvar().shape());
            assertArrayEquals(
                    new long[] {2, 3, 3 * r, 2 * r},
                    vae.decode(posterior.mode()).shape());
            assertEquals(latentChannels, vae.latentChannels());
        }
    }

    @Test
    void sizesThatAreNoMultipleAreRoundedDown() {
        try (Scope scope = Scope.open()) {
            Posterior posterior = vae(config(List.of(4, 4, 4), 1, 2)).encode(noise(2, 1, 3, 15, 9));
            assertArrayEquals(new long[] {1, 4, 3, 2}, posterior.mean().shape());
        }
    }

    @Test
    void optionalPartsAreAskedForOnlyWhenConfigured() {
        Map<String, Object> config = config(List.of(4), 1, 2);
        config.put("use_quant_conv", false);
        config.put("use_post_quant_conv", false);
        config.put("mid_block_add_attention", false);
        try (Scope scope = Scope.open()) {
            Set<String> lean = names(config);
            Set<String> full = names(config(List.of(4), 1, 2));
            assertTrue(full.containsAll(lean));
            full.removeAll(lean);
            int convolutions = 2 * 2; // of one weight and one bias
            int attentions = 2 * 5 * 2; // norm, query, key, value, out
            assertEquals(convolutions + attentions, full.size(), full::toString);
            assertTrue(full.contains("decoder.mid_block.attentions.0.to_out.0.weight"), full::toString);
        }
    }

    @Test
    void everyParameterMattersToTheLoss() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(3));
            Vae vae = Vae.of(Config.of(config(List.of(4, 8), 1, 2)), weights);
            List<String> names = List.copyOf(weights.used().keySet());
            List<Tensor> parameters = List.copyOf(weights.used().values());
            parameters.forEach(p -> p.requiresGrad(true));
            Tensor image = noise(4, 1, 3, 8, 8);
            Posterior posterior = vae.encode(image);
            Tensor reconstruction = vae.decode(posterior.sample(noise(5, 1, 4, 4, 4)));
            Tensor loss = reconstruction
                    .minus(image)
                    .square()
                    .mean()
                    .plus(posterior.kl().mean());
            List<Tensor> gradients = Gradients.of(loss, parameters);
            for (int i = 0; i < names.size(); i++) {
                boolean keyBias = names.get(i).endsWith("to_k.bias"); // adds the same to all scores of a query
                assertTrue(keyBias || gradients.get(i).abs().sum().item() > 0, names.get(i));
            }
        }
    }

    @Test
    void bfloat16StaysBfloat16AndNearFloat32() {
        try (Scope scope = Scope.open()) {
            Map<String, Object> config = config(List.of(8, 8), 1, 4);
            Vae exact = vae(config);
            Vae rough = Vae.of(Config.of(config), Weights.of(new Converted(new Initializer(11), DType.BFLOAT16)));
            Tensor image = noise(6, 1, 3, 8, 12);
            Tensor mean = rough.encode(image.to(DType.BFLOAT16)).mean();
            assertEquals(DType.BFLOAT16, mean.dtype());
            assertNear(exact.encode(image).mean(), mean.to(DType.FLOAT32), 0.05);
            Tensor z = noise(7, 1, 4, 4, 6);
            Tensor decoded = rough.decode(rough.fromLatents(rough.toLatents(z.to(DType.BFLOAT16))));
            assertEquals(DType.BFLOAT16, decoded.dtype());
            assertNear(exact.decode(z), decoded.to(DType.FLOAT32), 0.05);
        }
    }

    @Test
    void memoryLayoutChangesNothing() {
        try (Scope scope = Scope.open()) {
            Vae vae = vae(config(List.of(4, 8), 2, 2));
            Tensor image = noise(8, 2, 3, 8, 16);
            assertNear(
                    vae.encode(image).mean(), vae.encode(image.channelsLast()).mean(), 1e-5);
            Tensor z = noise(9, 2, 4, 4, 8);
            assertNear(vae.decode(z), vae.decode(z.channelsLast()), 1e-5);
        }
    }

    @Test
    void latentsAreShiftedThenScaled() {
        Map<String, Object> config = config(List.of(4), 1, 2);
        config.put("scaling_factor", 0.25);
        config.put("shift_factor", 3.0);
        try (Scope scope = Scope.open()) {
            Vae vae = vae(config);
            assertEquals(0.25, vae.scalingFactor());
            assertEquals(2, vae.toLatents(Tensor.scalar(11)).item(), 1e-6); // (11 - 3) / 4
            assertEquals(11, vae.fromLatents(Tensor.scalar(2)).item(), 1e-6);
        }
    }

    @Test
    void posteriorMatchesItsFormulas() {
        try (Scope scope = Scope.open()) {
            Tensor moments = Tensor.of(new float[] {1, -2, 0, 40, 0, (float) Math.log(4)}, 1, 6, 1, 1);
            Posterior posterior = Posterior.ofMoments(moments);
            assertArrayEquals(
                    new float[] {20, 0, (float) Math.log(4)}, posterior.logvar().toFloats(), 1e-6f);
            Tensor eps = Tensor.of(new float[] {0, 3, -1}, 1, 3, 1, 1);
            assertArrayEquals(new float[] {1, 1, -2}, posterior.sample(eps).toFloats(), 1e-5f);
            Posterior normal =
                    new Posterior(Tensor.of(new float[] {2, 0}, 2, 1, 1, 1), Tensor.of(new float[] {0, 1}, 2, 1, 1, 1));
            assertArrayEquals(new double[] {2, 0.5 * (Math.E - 2)}, normal.kl().toDoubles(), 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "down_block_types  | AttnDownEncoderBlock2D | only DownEncoderBlock2D",
                "up_block_types    | AttnUpDecoderBlock2D   | only UpDecoderBlock2D",
                "act_fn            | mish                   | unknown activation",
            })
    void unsupportedNamesAreErrors(String key, String value, String message) {
        Map<String, Object> config = config(List.of(4), 1, 2);
        config.put(key, key.endsWith("types") ? List.of(value) : value);
        assertRefused(config, message);
    }

    @Test
    void unsupportedNumbersAreErrors() {
        assertRefused(config(List.of(4, 6), 1, 4), "multiples of norm_num_groups 4");
        Map<String, Object> means = config(List.of(4), 1, 2);
        means.put("latents_mean", List.of(0, 0, 0, 0));
        assertRefused(means, "latents_mean");
        Map<String, Object> types = config(List.of(4, 4), 1, 2);
        types.put("down_block_types", List.of("DownEncoderBlock2D"));
        assertRefused(types, "1 entries, block_out_channels has 2");
        Map<String, Object> typo = config(List.of(4), 1, 2);
        typo.put("layer_per_block", 2);
        assertRefused(typo, "unknown key \"layer_per_block\"");
        Map<String, Object> model = config(List.of(4), 1, 2);
        model.put("_class_name", "AsymmetricAutoencoderKL");
        assertRefused(model, "describes AsymmetricAutoencoderKL, not AutoencoderKL");
        Map<String, Object> scale = config(List.of(4), 1, 2);
        scale.put("scaling_factor", 0);
        assertRefused(scale, "scaling_factor must be positive");
    }

    @Test
    void wrongShapesAreErrors() {
        try (Scope scope = Scope.open()) {
            Vae vae = vae(config(List.of(4, 4), 1, 2));
            assertThrows(IllegalArgumentException.class, () -> vae.encode(noise(1, 1, 4, 8, 8)));
            assertThrows(IllegalArgumentException.class, () -> vae.encode(noise(1, 3, 8, 8)));
            assertThrows(IllegalArgumentException.class, () -> vae.encode(noise(1, 1, 3, 1, 8)));
            assertThrows(IllegalArgumentException.class, () -> vae.decode(noise(1, 1, 3, 8, 8)));
        }
    }

    /** Parameters of another source, converted. */
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

    private static void assertRefused(Map<String, Object> config, String message) {
        var error = assertThrows(CheckpointException.class, () -> names(config));
        String actual = String.valueOf(error.getMessage());
        assertTrue(actual.contains(message), actual);
        assertFalse(actual.contains("\n"), actual);
    }

    private static Set<String> names(Map<String, Object> config) {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            Vae.of(Config.of(config), weights);
            return new java.util.TreeSet<>(weights.used().keySet());
        }
    }

    private static Vae vae(Map<String, Object> config) {
        return Vae.of(Config.of(config), Weights.of(new Initializer(11)));
    }

    private static Tensor noise(int sample, long... shape) {
        return RNG.normal(Purpose.INITIALISATION, 0, sample, shape);
    }

    private static void assertNear(Tensor expected, Tensor actual, double tolerance) {
        assertEquals(0, max(expected.minus(actual).abs()) / max(expected.abs()), tolerance);
    }

    private static double max(Tensor x) {
        return java.util.Arrays.stream(x.toDoubles()).max().orElse(0);
    }

    private static Map<String, Object> config(List<Integer> channels, int layers, int groups) {
        return new HashMap<>(Map.of(
                "block_out_channels", channels,
                "layers_per_block", layers,
                "norm_num_groups", groups));
    }
}
