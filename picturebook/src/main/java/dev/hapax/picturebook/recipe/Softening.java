package dev.hapax.picturebook.recipe;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;

/**
 * Spoils pictures a little, each in its own way, as an autoencoder does: half of them lose sharpness, all change a little
 * in brightness and contrast and get some noise. Colors keep their names.
 */
record Softening(Rng rng) {
    private static final double SOFTENED = 0.5; // share of pictures; this and the next four are our choice
    private static final int COARSENESS = 2; // the blur of half the resolution
    private static final double BRIGHTNESS = 0.06; // at most, of a range of 2
    private static final double CONTRAST = 0.08; // at most
    private static final double NOISE = 0.06; // standard deviation at most

    /** (b, 3, h, w) in [-1, 1], fp32, to about the same; b samples of a step from {@code first}. */
    Tensor apply(Tensor images, long step, int first) {
        int count = (int) images.size(0);
        float[] blur = new float[count];
        float[] gain = new float[count];
        float[] shift = new float[count];
        float[] grain = new float[count];
        for (int i = 0; i < count; i++) {
            int sample = first + i;
            blur[i] = draw(step, sample, 0) < SOFTENED ? (float) draw(step, sample, 1) : 0;
            gain[i] = (float) (1 + CONTRAST * (2 * draw(step, sample, 2) - 1));
            shift[i] = (float) (BRIGHTNESS * (2 * draw(step, sample, 3) - 1));
            grain[i] = (float) (NOISE * draw(step, sample, 4));
        }
        long height = images.size(2);
        long width = images.size(3);
        Tensor half = Functional.resizeBilinear(images, height / COARSENESS, width / COARSENESS);
        Tensor soft = Functional.resizeBilinear(half, height, width); // (b, 3, h, w)
        Tensor noise = rng.normal(Purpose.AUGMENTATION, step, -1L - first, 1, 3, height, width); // one for all
        return images.plus(soft.minus(images).times(column(blur)))
                .times(column(gain))
                .plus(column(shift))
                .plus(noise.times(column(grain)))
                .to(DType.FLOAT32);
    }

    private double draw(long step, int sample, int index) {
        return rng.uniform(Purpose.AUGMENTATION, step, sample, index);
    }

    private static Tensor column(float[] values) {
        return Tensor.of(values, values.length, 1, 1, 1);
    }
}
