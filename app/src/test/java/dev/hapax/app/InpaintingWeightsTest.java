package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that were learned with a model go as a LoRA into the one for inpainting that was made from it. */
class InpaintingWeightsTest {
    private static final String MATCHED = " at 1.0: all 16 tensors matched, norm of the change ";

    @TempDir
    private Path folder;

    private Path picture;
    private Path mask;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
        mask = TinyModel.mask(folder.resolve("right.png"));
    }

    @Test
    void theExportedLoraWithTheWord() {
        Path out = folder.resolve("whole");
        CommandRun learned = learn(out, "--export-lora", 2);
        assertTrue(
                learned.err()
                        .lines()
                        .anyMatch(line ->
                                line.matches("hapax: the exported LoRA holds [\\d.]+ % of the norm of the change,"
                                        + " in 8 of the 8 weights that moved")),
                learned.err());
        CommandRun refused = paint("--word", out);
        assertEquals(2, refused.code());
        List<Object> way = List.of("--word", out.resolve("a.safetensors"), "--lora", out.resolve("lora"));
        String said = String.join(" ", way.stream().map(Object::toString).toList());
        assertTrue(refused.err().strip().endsWith("words and LoRA apart: " + said), refused.err());
        CommandRun painted = paint(way.toArray());
        assertEquals(0, painted.code(), painted.err());
        assertTrue(painted.err().contains("hapax: whole" + MATCHED), painted.err());
    }

    @Test
    void aLoraThatWasLearnedAsOne() {
        Path out = folder.resolve("factors");
        learn(out, "--lora", 2);
        CommandRun painted = paint("--word", out);
        assertEquals(0, painted.code(), painted.err());
        assertTrue(painted.err().contains("hapax: factors" + MATCHED), painted.err());
    }

    private CommandRun learn(Path out, Object... more) {
        List<Object> all = new ArrayList<>(List.of("learn", picture, "--method", "custom-diffusion", "--out", out));
        all.addAll(List.of("--model", TinyModel.shared(), "--prompt", "<a> cat", "--regularise", "none"));
        all.addAll(List.of("--steps", 2, "--batch", 1, "--rate", 0.01));
        all.addAll(Arrays.asList(more));
        CommandRun run = CommandRun.of(all.toArray());
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private CommandRun paint(Object... more) {
        List<Object> all = new ArrayList<>(List.of("generate", "<a> cat", "--start", picture, "--mask", mask));
        all.addAll(List.of("--model", TinyModel.inpainting(), "--steps", 2, "--out", folder.resolve("images")));
        all.addAll(Arrays.asList(more));
        return CommandRun.of(all.toArray());
    }
}
