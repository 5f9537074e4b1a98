package dev.hapax.schedule;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;

/** Keeps estimates of the clean sample in range. For latents, which have no range, use {@link #NONE}. */
public sealed interface Clipping {

    /** No clipping. */
    Clipping NONE = new None();

    /** The estimate (b, ...) within its range. */
    Tensor apply(Tensor clean);

    /** No clipping: {@link Clipping#NONE}. */
    record None() implements Clipping {
        @Override
        public Tensor apply(Tensor clean) {
            return clean;
        }
    }

    /** To [-range, range]. */
    record Range(double range) implements Clipping {
        /** Checks that the range is positive. */
        public Range {
            if (!(range > 0)) {
                throw new IllegalArgumentException("clip_sample_range must be positive, got " + range);
            }
        }

        @Override
        public Tensor apply(Tensor clean) {
            return clean.clamp(-range, range);
        }
    }

    /**
     * Dynamic thresholding (Saharia et al. 2022, section 2.3): to [-s, s], then divided by s, with s the
     * {@code fraction} quantile of the sample's absolute values, kept in [1, maximum].
     */
    record Dynamic(double fraction, double maximum) implements Clipping {
        /** Checks both numbers. */
        public Dynamic {
            if (!(fraction >= 0 && fraction <= 1 && maximum >= 1)) {
                throw new IllegalArgumentException(
                        "dynamic thresholding needs dynamic_thresholding_ratio in [0, 1] and "
                                + "sample_max_value >= 1, got " + fraction + " and " + maximum);
            }
        }

        @Override
        public Tensor apply(Tensor clean) {
            DType statistics = clean.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
            long[] each = new long[clean.rank()];
            Arrays.fill(each, 1);
            each[0] = clean.size(0);
            Tensor s = clean.to(statistics)
                    .reshape(clean.size(0), -1)
                    .abs()
                    .quantile(fraction, 1)
                    .clamp(1, maximum)
                    .to(clean.dtype())
                    .reshape(each); // (b, 1, ...)
            return clean.minimum(s).maximum(s.negative()).over(s);
        }
    }
}
