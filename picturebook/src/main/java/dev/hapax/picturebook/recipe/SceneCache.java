package dev.hapax.picturebook.recipe;

import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Renderings of the scenes with seeds 0, 1, 2, ... in one flat file, planar RGB bytes, {@code 3 * size * size} each.
 *
 * <p>A kill leaves whole scenes behind (each is one write); {@link #fill} goes on from there.
 */
final class SceneCache implements AutoCloseable {
    private static final int BLOCK = 256;

    private final FileChannel file;
    private final int size;
    private final SceneSampler sampler = new SceneSampler();
    private final Renderer renderer = new Renderer();

    SceneCache(Path path, int size) throws IOException {
        this.size = size;
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private int bytesPerScene() {
        return 3 * size * size;
    }

    /** Scenes rendered so far. */
    long count() throws IOException {
        return file.size() / bytesPerScene();
    }

    Scene scene(long index) {
        return sampler.sample(index);
    }

    /** Renders until there are {@code scenes}, on all cores, a block at a time. */
    void fill(long scenes, Journal journal) throws IOException {
        for (long first = count(); first < scenes; first += BLOCK) {
            List<byte[]> block = LongStream.range(first, Math.min(scenes, first + BLOCK))
                    .parallel()
                    .mapToObj(i -> planar(renderer.render(scene(i), size).image()))
                    .toList();
            for (int i = 0; i < block.size(); i++) {
                file.write(ByteBuffer.wrap(block.get(i)), (first + i) * bytesPerScene());
            }
            if (first / BLOCK % 20 == 0) {
                journal.say("rendered " + count() + " of " + scenes + " scenes");
            }
        }
    }

    /** Reads the pixels of one scene into {@code target} at {@code offset}. */
    private void read(long index, byte[] target, int offset) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, bytesPerScene());
            while (buffer.hasRemaining()) {
                if (file.read(buffer, index * bytesPerScene() + buffer.position() - offset) < 0) {
                    throw new IOException("scene " + index + " is not in the cache of " + count());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Images of these scenes, (b, 3, size, size) in [-1, 1]. */
    Tensor images(long[] scenes, DType dtype) {
        byte[] bytes = new byte[scenes.length * bytesPerScene()];
        for (int i = 0; i < scenes.length; i++) {
            read(scenes[i], bytes, i * bytesPerScene());
        }
        return Pixels.images(bytes, scenes.length, size, dtype);
    }

    /** Images of {@code count} scenes in a row. */
    Tensor images(long first, int count, DType dtype) {
        return images(LongStream.range(first, first + count).toArray(), dtype);
    }

    static byte[] planar(BufferedImage image) {
        int n = image.getWidth() * image.getHeight();
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] bytes = new byte[3 * n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (rgb[i] >> 16);
            bytes[n + i] = (byte) (rgb[i] >> 8);
            bytes[2 * n + i] = (byte) rgb[i];
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
