package dev.hapax.nn;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Numbers as sines and cosines at geometrically spaced frequencies from 1 down to 1/10000 (Vaswani et al. 2017,
 * section 3.5), always computed in fp32 as diffusers' {@code get_timestep_embedding} does.
 *
 * @param width of the result; an odd width ends in a zero
 * @param cosineFirst cosines before sines ({@code flip_sin_to_cos})
 * @param shift {@code downscale_freq_shift}: the frequencies are {@code 10000^(-i / (width/2 - shift))}
 */
public record Sinusoid(int width, boolean cosineFirst, double shift) {
    private static final double LONGEST_PERIOD = 10000;

    /** (b) to (b, width), fp32. */
    public Tensor apply(Tensor values) {
        int half = width / 2;
        Tensor frequencies = Tensor.range(half)
                .to(values.device())
                .to(DType.FLOAT32)
                .times(-Math.log(LONGEST_PERIOD))
                .over(half - shift)
                .exp(); // (half)
        Tensor angles = values.to(DType.FLOAT32).unsqueeze(1).times(frequencies); // (b, half)
        List<Tensor> parts = cosineFirst ? List.of(angles.cos(), angles.sin()) : List.of(angles.sin(), angles.cos());
        return Functional.pad(Tensor.cat(parts, 1), 0, width % 2, 0, 0, 0); // (b, width)
    }
}
