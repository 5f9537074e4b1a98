package dev.hapax.picturebook.recipe;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;

/** Draws training batches from a {@link SceneCache}: which scene a sample is follows from (seed, step, index) alone. */
record Pixels(SceneCache cache, long scenes, int size, Rng rng) {

    /** The scene of one sample of one step. */
    long index(long step, int sample) {
        return (long) (rng.uniform(Purpose.SHUFFLE, step, sample, 0) * scenes);
    }

    /** Images of a share of a batch, (count, 3, size, size) in [-1, 1]. */
    Tensor batch(long step, int first, int count, DType dtype) {
        byte[] bytes = new byte[count * cache.bytesPerScene()];
        for (int i = 0; i < count; i++) {
            cache.read(index(step, first + i), bytes, i * cache.bytesPerScene());
        }
        return images(bytes, count, size, dtype);
    }

    static Tensor images(byte[] bytes, int count, int size, DType dtype) {
        return Tensor.of(bytes, count, 3, size, size)
                .to(dtype)
                .over(127.5)
                .minus(1)
                .channelsLast();
    }
}
