package dev.hapax.unet;

/**
 * How the timestep is told to the network.
 *
 * @param sinusoidWidth width of the sinusoidal embedding
 * @param width width of the learned embedding
 * @param cosFirst whether cosines come before sines ({@code flip_sin_to_cos})
 * @param shift subtracted from the number of frequencies in the denominator of their exponents ({@code freq_shift})
 */
record TimeConfig(int sinusoidWidth, int width, boolean cosFirst, double shift) {
    TimeConfig {
        int frequencies = sinusoidWidth / 2;
        if (frequencies < 1 || width < 1 || shift >= frequencies) {
            throw new IllegalArgumentException("freq_shift must be below half of the timestep embedding's "
                    + sinusoidWidth + " channels (block_out_channels[0]), got " + shift);
        }
    }
}
