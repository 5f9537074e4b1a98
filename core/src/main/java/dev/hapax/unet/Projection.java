package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;

/** A map of each pixel's channels at the border of a transformer: a 1x1 convolution (SD 1.x) or a linear layer. */
sealed interface Projection {

    static Projection of(Weights weights, int in, int out, boolean linear) {
        return linear ? new ByLinear(Linear.of(weights, in, out)) : new ByConv(Conv2d.of(weights, in, out, 1));
    }

    /** (b, in, h, w) to (b, out, h, w). */
    Tensor apply(Tensor x);

    /** How many numbers its parameters are. */
    long elements();

    /** A 1x1 convolution. */
    record ByConv(Conv2d conv) implements Projection {
        @Override
        public Tensor apply(Tensor x) {
            return conv.apply(x);
        }

        @Override
        public long elements() {
            return UNetFootprint.elements(conv);
        }
    }

    /** A linear layer over channels. */
    record ByLinear(Linear linear) implements Projection {
        @Override
        public Tensor apply(Tensor x) {
            return linear.apply(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2);
        }

        @Override
        public long elements() {
            return linear.weight().elements() + linear.weight().size(0);
        }
    }
}
