package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.SavedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    private static final Path MODEL = TinyModel.shared();

    @TempDir
    private Path folder;

    @Test
    void wordsAreLearnedAndPainted() throws IOException {
        Path picture = TinyModel.picture(folder.resolve("pair.png"));
        Path words = folder.resolve("words");
        CommandRun learned = CommandRun.of(
                "learn",
                picture,
                "--prompt",
                "a brown <a> cat and a rolling <b> ball",
                "--bind",
                "<a>=brown",
                "--bind",
                "<b>=rolling",
                "--model",
                MODEL,
                "--steps",
                2,
                "--batch",
                2,
                "--sample-every",
                2,
                "--out",
                words);
        assertEquals(0, learned.code(), learned.err());
        assertEquals(
                List.of("<a>\t" + words.resolve("a.safetensors"), "<b>\t" + words.resolve("b.safetensors")),
                learned.out().lines().toList());
        assertTrue(learned.err().contains("100 %"), learned.err());
        assertTrue(Files.exists(words.resolve("samples").resolve("step-000002.png")));

        Path images = folder.resolve("images");
        CommandRun painted = CommandRun.of(
                "generate",
                "a sketch of <a> on a beach",
                "--word",
                words,
                "--seed",
                7,
                "--count",
                2,
                "--steps",
                2,
                "--sampler",
                "ddim",
                "--negative",
                "rain",
                "--model",
                MODEL,
                "--out",
                images);
        assertEquals(0, painted.code(), painted.err());
        List<Path> files = painted.out().lines().map(Path::of).toList();
        assertEquals(images.resolve("a-sketch-of-a-on-a-beach-seed7-00.png"), files.get(0));
        ImageSettings settings = PngImages.read(files.get(1)).settings().orElseThrow();
        assertEquals("a sketch of <a> on a beach", settings.prompt());
        assertEquals(7, settings.seed());
        assertEquals(1, settings.index());
        assertEquals(Set.of("<a>"), settings.words().keySet());

        byte[] first = Files.readAllBytes(files.get(1));
        CommandRun again = CommandRun.of(
                "generate",
                "a sketch of <a> on a beach",
                "--word",
                words.resolve("a.safetensors"),
                "--seed",
                7,
                "--count",
                2,
                "--steps",
                2,
                "--sampler",
                "ddim",
                "--negative",
                "rain",
                "--model",
                MODEL,
                "--out",
                images);
        assertEquals(0, again.code(), again.err());
        assertEquals(-1, Arrays.mismatch(first, Files.readAllBytes(files.get(1))), "same seed, same bytes");
    }

    @Test
    void wordsAreHeldInBoxes() throws IOException {
        Path images = folder.resolve("images");
        List<Object> request = List.of("generate", "a red cup", "--model", MODEL, "--steps", 2, "--out", images);
        Path file = images.resolve("a-red-cup-seed0-00.png");
        assertEquals(0, CommandRun.of(request.toArray()).code());
        byte[] plain = Files.readAllBytes(file);
        List<Object> held = new ArrayList<>(request);
        held.addAll(List.of("--box", "red cup=0.1,0.2,0.5,0.8"));
        CommandRun run = CommandRun.of(held.toArray());
        assertEquals(0, run.code(), run.err());
        Path other = images.resolve("a-red-cup-seed0-00-2.png");
        assertEquals(List.of(other.toString()), run.out().lines().toList());
        assertFalse(Arrays.equals(plain, Files.readAllBytes(other)));
        assertArrayEquals(plain, Files.readAllBytes(file), "the first image is kept");
        assertEquals(
                "[red cup=0.1,0.2,0.5,0.8]",
                PngImages.read(other).settings().orElseThrow().boxes().toString());
    }

    @Test
    void lorasArePaintedWith() throws IOException {
        Path loras = MODEL.resolveSibling("lora");
        Path images = folder.resolve("images");
        List<Object> request = List.of("generate", "a red cup", "--model", MODEL, "--steps", 2, "--out", images);
        Path file = images.resolve("a-red-cup-seed0-00.png");
        assertEquals(0, CommandRun.of(request.toArray()).code());
        byte[] plain = Files.readAllBytes(file);

        List<Object> changed = new ArrayList<>(request);
        changed.addAll(List.of("--lora", loras.resolve("diffusers") + "=0.5"));
        changed.addAll(List.of("--lora", loras.resolve("kohya").resolve("lora.safetensors")));
        CommandRun run = CommandRun.of(changed.toArray());
        assertEquals(0, run.code(), run.err());
        Path styled = images.resolve("a-red-cup-seed0-00-2.png");
        assertEquals(List.of(styled.toString()), run.out().lines().toList());
        List<String> told = run.err().lines().limit(2).toList();
        assertTrue(told.get(0).startsWith("hapax: diffusers at 0.5: all 80 tensors matched, norm of the change "));
        assertTrue(told.get(1).startsWith("hapax: lora at 1.0: all 180 tensors matched, norm of the change "));
        assertFalse(Arrays.equals(plain, Files.readAllBytes(styled)));
        SavedImage saved = PngImages.read(styled);
        assertEquals(
                List.of("diffusers 0.5", "lora 1.0"),
                saved.settings().orElseThrow().loras().stream()
                        .map(lora -> lora.name() + " " + lora.weight())
                        .toList());
        String text = saved.texts().getOrDefault("parameters", "");
        assertTrue(text.startsWith("a red cup <lora:diffusers:0.5> <lora:lora:1>\nSteps: 2, "), text);
        assertTrue(text.contains("Lora hashes: \"diffusers: "), text);

        CommandRun again = CommandRun.of(request.toArray());
        assertEquals(List.of(file.toString()), again.out().lines().toList(), "the same image has the same name");
        assertArrayEquals(plain, Files.readAllBytes(file), "without them the old image comes back");
    }
}
