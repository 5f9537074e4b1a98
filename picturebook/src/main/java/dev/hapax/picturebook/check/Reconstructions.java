package dev.hapax.picturebook.check;

/**
 * What the autoencoder leaves of true renderings.
 *
 * @param figures what the reader still reads from them
 * @param psnr the mean peak signal-to-noise ratio, in decibels
 * @param count how many
 */
public record Reconstructions(Figures figures, double psnr, int count) {
    /** The least mean ratio that will do, in decibels. */
    public static final double BAR = 26;
}
