package dev.hapax.diffusion;

import dev.hapax.tensor.Device;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The noise of images that are drawn together: each image's depends on the seed and its own index alone. */
final class ImageNoise {
    private final Rng rng;
    private final int first;
    private final int images;
    private final long[] shape;
    private final Device device;

    /** Noise of the images {@code first} to {@code first + images - 1}; {@code shape} is one's, (channels, h, w). */
    ImageNoise(Rng rng, int first, int images, long[] shape, Device device) {
        this.rng = rng;
        this.first = first;
        this.images = images;
        this.shape = shape;
        this.device = device;
    }

    /** Standard normals, (images, channels, h, w), fp32. */
    Tensor draw(Purpose purpose, long step) {
        List<Tensor> each = IntStream.range(first, first + images)
                .mapToObj(index -> rng.normal(purpose, step, index, shape))
                .toList();
        return Tensor.stack(each, 0).to(device);
    }

    /** A new draw for every step of a sampler that asks for one. */
    Supplier<Tensor> ofSampler() {
        AtomicLong draws = new AtomicLong();
        return () -> draw(Purpose.SAMPLER_NOISE, draws.getAndIncrement());
    }
}
