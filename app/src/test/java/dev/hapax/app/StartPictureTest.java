package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Painting that begins from a picture. */
class StartPictureTest {
    private static final Path MODEL = TinyModel.shared();

    @TempDir
    private Path folder;

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
            assertEquals(-1, Arrays.mismatch(bytes, Files.readAllBytes(files.get(1))), "same seed, same bytes");
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
}
