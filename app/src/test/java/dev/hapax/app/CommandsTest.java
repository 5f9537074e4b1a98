package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.SavedImage;
import dev.hapax.diffusion.StartSettings;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
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
        assertEquals(-1, java.util.Arrays.mismatch(first, Files.readAllBytes(files.get(1))), "same seed, same bytes");
    }

    @Test
    void aPartOfAPictureIsPaintedAnewWithALearnedWord() throws IOException {
        Path picture = TinyModel.picture(folder.resolve("pair.png"));
        Path mask = TinyModel.mask(folder.resolve("right.png"));
        Path word = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            new WordFile("<a>", Tensor.ones(DType.FLOAT32, 1, 16), Map.of()).write(word);
        }
        for (Path model : List.of(MODEL, TinyModel.inpainting())) {
            Object[] command = {
                "generate",
                "a photo of <a>",
                "--word",
                word,
                "--start",
                picture,
                "--mask",
                mask,
                "--strength",
                0.8,
                "--keep",
                "--count",
                2,
                "--steps",
                5,
                "--sampler",
                "ddim",
                "--model",
                model,
                "--out",
                folder.resolve("images")
            };
            CommandRun run = CommandRun.of(command);
            assertEquals(0, run.code(), run.err());
            assertTrue(run.err().contains("100 %"), run.err());
            List<Path> files = run.out().lines().map(Path::of).toList();
            byte[] bytes = Files.readAllBytes(files.get(1));
            SavedImage saved = PngImages.read(files.get(1));
            ImageSettings settings = saved.settings().orElseThrow();
            assertEquals(
                    Optional.of(new StartSettings(sha256(picture), Optional.of(sha256(mask)), true)), settings.start());
            assertEquals(0.8, settings.strength());
            assertEquals(Set.of("<a>"), settings.words().keySet());
            assertEquals(new ImageSize(24, 20), settings.size());
            BufferedImage own = ImageIO.read(picture.toFile());
            int changed = 0;
            for (int i = 0; i < 24 * 20; i++) {
                int now = saved.image().getRGB(i % 24, i / 24);
                if (i % 24 < 12) {
                    assertEquals(own.getRGB(i % 24, i / 24), now);
                } else if (now != own.getRGB(i % 24, i / 24)) {
                    changed++;
                }
            }
            assertTrue(changed > 200, changed + " of 240 pixels are new");
            assertEquals(0, CommandRun.of(command).code());
            assertEquals(
                    -1, java.util.Arrays.mismatch(bytes, Files.readAllBytes(files.get(1))), "same seed, same bytes");
        }
    }

    @Test
    void variationsOfAPicture() throws IOException {
        Path picture = TinyModel.picture(folder.resolve("pair.png"));
        Path images = folder.resolve("images");
        CommandRun run = CommandRun.of(
                "generate",
                "a cat",
                "--start",
                picture,
                "--size",
                "16",
                "--steps",
                5,
                "--model",
                MODEL,
                "--out",
                images);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("100 %"), run.err());
        ImageSettings settings =
                PngImages.read(Path.of(run.out().strip())).settings().orElseThrow();
        assertEquals(0.8, settings.strength());
        assertEquals(new ImageSize(16, 16), settings.size());
        assertEquals(Optional.of(new StartSettings(sha256(picture), Optional.empty(), false)), settings.start());
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
        assertFalse(Arrays.equals(plain, Files.readAllBytes(file)));
        assertEquals(
                "[red cup=0.1,0.2,0.5,0.8]",
                PngImages.read(file).settings().orElseThrow().boxes().toString());
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
        assertEquals(List.of(file.toString()), run.out().lines().toList());
        List<String> told = run.err().lines().limit(2).toList();
        assertTrue(told.get(0).startsWith("hapax: diffusers at 0.5: all 80 tensors matched, norm of the change "));
        assertTrue(told.get(1).startsWith("hapax: lora at 1.0: all 180 tensors matched, norm of the change "));
        assertFalse(Arrays.equals(plain, Files.readAllBytes(file)));
        SavedImage saved = PngImages.read(file);
        assertEquals(
                List.of("diffusers 0.5", "lora 1.0"),
                saved.settings().orElseThrow().loras().stream()
                        .map(lora -> lora.name() + " " + lora.weight())
                        .toList());
        String text = saved.texts().getOrDefault("parameters", "");
        assertTrue(text.startsWith("a red cup <lora:diffusers:0.5> <lora:lora:1>\nSteps: 2, "), text);
        assertTrue(text.contains("Lora hashes: \"diffusers: "), text);

        assertEquals(0, CommandRun.of(request.toArray()).code());
        assertArrayEquals(plain, Files.readAllBytes(file), "without them the old image comes back");
    }

    @Test
    void aLoraIsDescribed() {
        Path loras = MODEL.resolveSibling("lora");
        CommandRun kohya = CommandRun.of("model", "info", loras.resolve("kohya").resolve("lora.safetensors"));
        assertEquals(0, kohya.code(), kohya.err());
        assertTrue(kohya.out().contains("""
                fits         a model of text width 16
                naming       kohya
                tensors      180
                text_encoder 12 weights
                unet         48 weights
                ranks        4
                alphas       1
                scales       0.25
                """), kohya.out());
        assertTrue(kohya.out().contains("base model   sd_v1\n"), kohya.out());
        assertTrue(kohya.out().matches("(?s).*sha256 +[0-9a-f]{64}\n"), kohya.out());
        CommandRun peft = CommandRun.of("model", "info", loras.resolve("peft"));
        assertTrue(peft.out().contains("naming       PEFT\n"), peft.out());
        assertTrue(peft.out().contains("targets      attn1.to_k, attn1.to_out.0, "), peft.out());
    }

    @Test
    void aModelIsDescribed() {
        CommandRun run = CommandRun.of("model", "info", MODEL);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("tokenizer    554 tokens"), run.out());
        assertTrue(run.out().matches("(?s).*\\bunet +UNet2DConditionModel +138,836  F16\\n.*"), run.out());
        assertTrue(run.out().matches("(?s).*sha256 +[0-9a-f]{64}\\n.*"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aModelWithoutPartsIsDescribed() throws IOException {
        Files.writeString(
                folder.resolve("config.json"), "{\"model_type\": \"vit\", \"architectures\": [\"ViTModel\"]}");
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                Map.of("layernorm.weight", Tensor.zeros(DType.FLOAT32, 24)),
                Map.of());
        CommandRun run = CommandRun.of("model", "info", folder);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("vision transformer, built like DINO"), run.out());
        assertTrue(run.out().matches("(?s).*\n\\. +ViTModel +24  F32\n.*"), run.out());
    }

    @Test
    void everyCommandHelpsWithExamples() {
        for (String command : List.of(
                "",
                "learn",
                "generate",
                "model",
                "model info",
                "demo",
                "picturebook",
                "picturebook train",
                "picturebook check")) {
            CommandRun run =
                    CommandRun.of((Object[]) (command + " --help").strip().split(" "));
            assertEquals(0, run.code(), command);
            assertTrue(run.out().contains("Example"), command);
            assertTrue(run.out().contains("  hapax " + command), command);
            assertEquals("", run.err(), command);
        }
        assertTrue(CommandRun.of("--version").out().startsWith("hapax "));
        assertEquals(CommandRun.of("--help").out(), CommandRun.of().out());
    }

    @Test
    void anUnknownCommandIsAMistake() {
        CommandRun run = CommandRun.of("lern");
        assertEquals(2, run.code());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
