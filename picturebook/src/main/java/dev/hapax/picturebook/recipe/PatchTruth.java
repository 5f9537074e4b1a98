package dev.hapax.picturebook.recipe;

import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Which kind of thing covers each patch of the pictures of the scenes with seeds 0, 1, 2, ...: one byte per patch, row by
 * row, the kind's ordinal, or {@link TaughtClip#NOTHING} where no thing covers {@link #LEAST} of the patch.
 */
final class PatchTruth {
    private static final double LEAST = 0.25;

    private final byte[] kinds;
    private final int patches;

    private PatchTruth(byte[] kinds, int patches) {
        this.kinds = kinds;
        this.patches = patches;
    }

    /** Reads the file, or draws the scenes once more and writes it. */
    static PatchTruth of(Path file, int scenes, int size, int patch, Journal journal) throws IOException {
        int side = size / patch;
        int patches = side * side;
        if (Files.exists(file) && Files.size(file) >= (long) scenes * patches) {
            return new PatchTruth(Files.readAllBytes(file), patches);
        }
        journal.say("looking up what covers the patches of " + scenes + " scenes");
        byte[] kinds = new byte[scenes * patches];
        IntStream.range(0, scenes).parallel().forEach(index -> {
            Scene scene = new SceneSampler().sample(index);
            Rendering rendering = new Renderer().render(scene, size);
            for (int cell = 0; cell < patches; cell++) {
                kinds[index * patches + cell] =
                        (byte) kind(scene, rendering, cell % side * patch, cell / side * patch, patch);
            }
        });
        Files.write(file, kinds);
        return new PatchTruth(kinds, patches);
    }

    /** The ordinal of the kind on the patch whose upper left pixel is given. */
    static int kind(Scene scene, Rendering rendering, int left, int top, int patch) {
        int best = TaughtClip.NOTHING;
        int most = (int) Math.ceil(LEAST * patch * patch) - 1;
        for (int thing = 0; thing < scene.things().size(); thing++) {
            int covered = covered(rendering.masks().get(thing), left, top, patch);
            if (covered > most) {
                most = covered;
                best = scene.things().get(thing).kind().ordinal();
            }
        }
        return best;
    }

    private static int covered(Mask mask, int left, int top, int patch) {
        int count = 0;
        for (int y = top; y < top + patch; y++) {
            for (int x = left; x < left + patch; x++) {
                count += mask.at(x, y) ? 1 : 0;
            }
        }
        return count;
    }

    int patches() {
        return patches;
    }

    /** The ordinal of the kind on a patch of a scene. */
    int kind(long scene, int patch) {
        return kinds[Math.toIntExact(scene * patches + patch)];
    }
}
