package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTruthTest {
    private static final int SIZE = 128;
    private static final int PATCH = 16;
    private static final int SCENES = 12;

    @Test
    void namesTheKindThatCoversAPatchAndIsReadBack(@TempDir Path folder) throws Exception {
        Journal journal =
                new Journal(folder.resolve("training.jsonl"), new PrintStream(OutputStream.nullOutputStream()));
        Path file = folder.resolve("patches.u8");
        PatchTruth made = PatchTruth.of(file, SCENES, SIZE, PATCH, journal);
        PatchTruth read = PatchTruth.of(file, SCENES, SIZE, PATCH, journal);
        int covered = 0;
        for (int index = 0; index < SCENES; index++) {
            Scene scene = new SceneSampler().sample(index);
            Rendering rendering = new Renderer().render(scene, SIZE);
            for (int patch = 0; patch < made.patches(); patch++) {
                int kind = made.kind(index, patch);
                assertEquals(kind, read.kind(index, patch));
                int[] shares = shares(rendering, patch);
                if (kind == TaughtClip.NOTHING) {
                    for (int share : shares) {
                        assertTrue(share < PATCH * PATCH / 4, "a thing covers " + share + " pixels");
                    }
                } else {
                    covered++;
                    int thing = shares.length == 2 && shares[1] > shares[0] ? 1 : 0;
                    assertTrue(shares[thing] >= PATCH * PATCH / 4, "only " + shares[thing] + " pixels");
                    assertEquals(scene.things().get(thing).kind().ordinal(), kind);
                }
            }
        }
        assertTrue(covered > SCENES * 3, "hardly any patch is covered: " + covered);
    }

    private static int[] shares(Rendering rendering, int patch) {
        int side = SIZE / PATCH;
        int left = patch % side * PATCH;
        int top = patch / side * PATCH;
        int[] shares = new int[rendering.masks().size()];
        for (int thing = 0; thing < shares.length; thing++) {
            Mask mask = rendering.masks().get(thing);
            for (int i = 0; i < PATCH * PATCH; i++) {
                shares[thing] += mask.at(left + i % PATCH, top + i / PATCH) ? 1 : 0;
            }
        }
        return shares;
    }
}
