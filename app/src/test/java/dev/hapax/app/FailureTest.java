package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What goes wrong without a mistake in the request: a failure with exit code 1, or a warning. */
class FailureTest extends BadInput {
    @Test
    void aFullDiskIsAFailureAndLosesNothing() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no device that is always full");
        assertEquals(0, learn(picture, "--steps", "1").code());
        Path word = out.resolve("a.safetensors");
        byte[] before = Files.readAllBytes(word);
        Files.createSymbolicLink(out.resolve("a.safetensors.part"), full);
        CommandRun run = learn(picture, "--steps", "2", "--resume");
        String said = run.err()
                .lines()
                .filter(line -> line.startsWith("hapax: "))
                .reduce((earlier, last) -> last) // before it stands that the picture is no square
                .orElse(run.err());
        assertEquals(
                "hapax: " + word + " cannot be written: No space left on device; what was there before is untouched",
                said);
        assertEquals(1, run.code());
        assertArrayEquals(before, Files.readAllBytes(word));
    }

    @Test
    void aWordThatDoesNotMoveIsAFailure() throws IOException {
        Path model = TinyModel.copyTo(folder.resolve("model"));
        stop(model.resolve("unet").resolve("diffusion_pytorch_model.safetensors"));
        CommandRun run = CommandRun.of(
                "learn",
                picture,
                "--prompt",
                PROMPT,
                "--method",
                "mcpl-one",
                "--model",
                model,
                "--out",
                out,
                "--steps",
                30,
                "--batch",
                1);
        String last = run.err().lines().reduce("", (first, second) -> second);
        assertTrue(last.startsWith("hapax: <a> has not moved in 20 steps"), run.err());
        assertEquals(1, run.code());
    }

    @Test
    void surroundingsThatMakeItSlowAreToldOnce() {
        CommandRun run = CommandRun.in(
                Map.of("OPENBLAS_CORETYPE", "Haswell", "OMP_WAIT_POLICY", "passive", "OPENBLAS_NUM_THREADS", "1"),
                "generate",
                "<a>",
                "--model",
                MODEL);
        assertEquals(2, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("hapax: this will be slow: OPENBLAS_CORETYPE is set"), run.err());
    }

    /** Makes a U-Net deaf to its text: what it reads of it is multiplied by nothing. */
    private static void stop(Path weights) {
        change(weights, "attn2.to_out.0.weight", Tensor::zerosLike);
    }
}
