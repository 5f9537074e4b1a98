package dev.hapax.picturebook.recipe;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Mean and standard deviation of each channel of an autoencoder's latents. Diffusers' folders know one scaling factor for
 * all channels; channels of unequal spread would drown in the noise one after the other. So each is brought to mean 0 and
 * deviation 1 within the autoencoder itself, by folding the change into the 1x1 convolutions on either side of the
 * latents, which changes no decoded pixel. See decision 6.
 */
record LatentSpread(double[] means, double[] deviations) {

    /** Of latents (n, channels, h, w). */
    static LatentSpread of(Tensor latents) {
        Tensor flat = latents.transpose(0, 1).reshape(latents.size(1), -1); // (channels, n h w)
        Tensor mean = flat.mean(true, 1);
        Tensor variance = flat.minus(mean).square().mean(false, 1);
        return new LatentSpread(doubles(mean), doubles(variance.sqrt()));
    }

    /** The parameters of the same autoencoder with standardised latents; the given ones are left as they are. */
    Map<String, Tensor> folded(Map<String, Tensor> parameters) {
        int channels = means.length;
        float[] scale = new float[2 * channels]; // rows of quant_conv: means, then logarithms of variances
        float[] shift = new float[2 * channels];
        float[] spread = new float[channels];
        float[] middle = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = (float) (1 / deviations[c]);
            shift[c] = (float) (-means[c] / deviations[c]);
            scale[channels + c] = 1;
            shift[channels + c] = (float) (-2 * Math.log(deviations[c]));
            spread[c] = (float) deviations[c];
            middle[c] = (float) means[c];
        }
        Map<String, Tensor> folded = new LinkedHashMap<>(parameters);
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor rows = Tensor.of(scale, 2L * channels, 1, 1, 1);
            folded.put(
                    "quant_conv.weight",
                    get(parameters, "quant_conv.weight").times(rows).keep());
            folded.put(
                    "quant_conv.bias",
                    get(parameters, "quant_conv.bias")
                            .times(rows.reshape(2L * channels))
                            .plus(Tensor.of(shift, 2L * channels))
                            .keep());
            Tensor post = get(parameters, "post_quant_conv.weight"); // (channels, channels, 1, 1)
            folded.put(
                    "post_quant_conv.weight",
                    post.times(Tensor.of(spread, 1, channels, 1, 1)).keep());
            folded.put(
                    "post_quant_conv.bias",
                    get(parameters, "post_quant_conv.bias")
                            .plus(post.times(Tensor.of(middle, 1, channels, 1, 1))
                                    .sum(false, 1, 2, 3))
                            .keep());
        }
        return folded;
    }

    private static Tensor get(Map<String, Tensor> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    private static double[] doubles(Tensor tensor) {
        float[] values = tensor.toFloats();
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
