package dev.hapax.picturebook.recipe;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.stream.IntStream;

/** Draws training batches from a {@link SceneCache}: which scene a sample is follows from (seed, step, index) alone. */
record Pixels(SceneCache cache, long scenes, Rng rng) {

    /** The scene of one sample of one step. */
    long index(long step, int sample) {
        return (long) (rng.uniform(Purpose.SHUFFLE, step, sample, 0) * scenes);
    }

    /** Images of a share of a batch, (count, 3, size, size) in [-1, 1]. */
    Tensor batch(long step, int first, int count, DType dtype) {
        long[] drawn = IntStream.range(first, first + count)
                .mapToLong(sample -> index(step, sample))
                .toArray();
        return cache.images(drawn, dtype);
    }

    static Tensor images(byte[] bytes, int count, int size, DType dtype) {
        return Tensor.of(bytes, count, 3, size, size)
                .to(dtype)
                .over(127.5)
                .minus(1)
                .channelsLast();
    }
}
