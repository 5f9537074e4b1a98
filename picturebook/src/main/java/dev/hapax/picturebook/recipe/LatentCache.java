package dev.hapax.picturebook.recipe;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Vae;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The scaled latents of scenes 0, 1, 2, ... in one flat file, fp16: the means of their posteriors, in order, so that a
 * kill leaves whole ones behind and {@link #fill} goes on.
 */
final class LatentCache implements AutoCloseable {
    private static final int BATCH = 32;
    private static final long SAY_EVERY = 4000;

    private final FileChannel file;
    private final long[] shape; // of one

    LatentCache(Path path, long... shape) throws IOException {
        this.shape = shape;
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private int bytesEach() {
        return Math.toIntExact(2 * dev.hapax.tensor.Shape.elements(shape));
    }

    long count() {
        try {
            return file.size() / bytesEach();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Encodes the cached scenes until there are {@code scenes}, on so many threads. */
    void fill(long scenes, SceneCache cache, Vae vae, int workers, Journal journal) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            for (long next = count(); next < scenes; next = count()) {
                List<Future<byte[]>> running = new ArrayList<>();
                for (int worker = 0; worker < workers; worker++) {
                    long first = next + (long) worker * BATCH;
                    int n = (int) Math.min(BATCH, scenes - first);
                    if (n > 0) {
                        running.add(threads.submit(() -> encoded(first, n, cache, vae)));
                    }
                }
                long at = next;
                for (Future<byte[]> batch : running) { // in order
                    byte[] latents = Fit.join(batch);
                    file.write(ByteBuffer.wrap(latents), at * bytesEach());
                    at += latents.length / bytesEach();
                }
                if (at / SAY_EVERY > next / SAY_EVERY) {
                    journal.say("encoded " + at + " of " + scenes + " scenes");
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private static byte[] encoded(long first, int n, SceneCache cache, Vae vae) {
        Engine.setThreads(1);
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor latents = vae.toLatents(
                    vae.encode(cache.images(first, n, DType.BFLOAT16)).mean().to(DType.FLOAT32));
            return latents.to(DType.FLOAT16).toBytes();
        }
    }

    /** The latents of these scenes, fp32: (b, channels, height, width). */
    Tensor batch(long[] scenes) {
        byte[] bytes = new byte[scenes.length * bytesEach()];
        try {
            for (int i = 0; i < scenes.length; i++) {
                ByteBuffer target = ByteBuffer.wrap(bytes, i * bytesEach(), bytesEach());
                while (target.hasRemaining()) {
                    long at = scenes[i] * bytesEach() + target.position() - (long) i * bytesEach();
                    if (file.read(target, at) < 0) {
                        throw new IOException("scene " + scenes[i] + " is not among the " + count() + " encoded ones");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Tensor.of(bytes, scenes.length, bytesEach())
                .viewAs(DType.FLOAT16)
                .reshape(scenes.length, shape[0], shape[1], shape[2])
                .to(DType.FLOAT32);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
