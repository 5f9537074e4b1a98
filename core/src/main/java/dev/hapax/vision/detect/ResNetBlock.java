package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A residual block (He et al. 2016, figure 5): convolutions, to whose outcome the input is added.
 *
 * @param layers the convolutions, with an activation between two
 * @param shortcut brings the input to the size of the outcome, or null if it has it
 * @param activation also after the sum
 */
record ResNetBlock(List<ConvNorm> layers, @Nullable ConvNorm shortcut, Activation activation) {
    private static final int REDUCTION = 4; // He et al. 2016, table 1: a bottleneck has a quarter of the channels

    /** Takes {@code layer.0}, {@code layer.1} and so on, and {@code shortcut} if the size changes. */
    static ResNetBlock of(ResNetConfig config, Weights weights, int in, int out, int stride) {
        Weights layers = weights.at("layer");
        int inner = out / REDUCTION;
        List<ConvNorm> convolutions = config.bottleneck()
                ? List.of(
                        ConvNorm.of(layers.at(0), in, inner, 1, config.bottleneckHalves() ? stride : 1),
                        ConvNorm.of(layers.at(1), inner, inner, 3, config.bottleneckHalves() ? 1 : stride),
                        ConvNorm.of(layers.at(2), inner, out, 1, 1))
                : List.of(ConvNorm.of(layers.at(0), in, out, 3, stride), ConvNorm.of(layers.at(1), out, out, 3, 1));
        ConvNorm shortcut = in == out && stride == 1 ? null : ConvNorm.of(weights.at("shortcut"), in, out, 1, stride);
        return new ResNetBlock(convolutions, shortcut, config.activation());
    }

    /** (b, in, h, w) to (b, out, h / stride, w / stride), sizes rounded up. */
    Tensor apply(Tensor x) {
        return Scope.run(() -> {
            Tensor y = layers.get(0).apply(x);
            for (ConvNorm layer : layers.subList(1, layers.size())) {
                y = layer.apply(activation.apply(y));
            }
            return activation.apply(y.plus(shortcut == null ? x : shortcut.apply(x)));
        });
    }
}
