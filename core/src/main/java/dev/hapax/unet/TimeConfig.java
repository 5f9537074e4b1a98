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
        if (sinusoidWidth < 2 || width < 1 || shift >= sinusoidWidth / 2) {
            throw new IllegalArgumentException("a timestep embedding needs at least 2 channels and freq_shift below half"
                    + " of them, got " + sinusoidWidth + " channels and freq_shift " + shift);
        }
    }
}
