package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.Version;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path folder;

    @Test
    void onlyTheSameImageTakesItsOwnPlace() throws IOException {
        assertEquals("a-red-cup-seed7-00.png", write(20, "v1"));
        assertEquals("a-red-cup-seed7-00-2.png", write(30, "v1"), "other settings");
        assertEquals("a-red-cup-seed7-00-3.png", write(20, "v2"), "another version");
        assertEquals("a-red-cup-seed7-00.png", write(20, "v1"));
        assertEquals("a-red-cup-seed7-00-2.png", write(30, "v1"));
        assertEquals(
                20,
                PngImages.read(folder.resolve("a-red-cup-seed7-00.png"))
                        .settings()
                        .orElseThrow()
                        .steps());
    }

    @Test
    void whatSomebodyElseWroteIsKept() throws IOException {
        Path first = folder.resolve("a-red-cup-seed7-00.png");
        Files.write(first, PngImages.toBytes(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB)));
        Path second = Files.writeString(folder.resolve("a-red-cup-seed7-00-2.png"), "no picture");
        Files.createDirectory(folder.resolve("a-red-cup-seed7-00-3.png"));
        assertEquals("a-red-cup-seed7-00-4.png", write(20, Version.CURRENT));
        assertEquals("no picture", Files.readString(second));
        assertEquals(Optional.empty(), PngImages.read(first).settings());
    }

    private String write(int steps, String version) {
        ImageSettings settings = new ImageSettings(
                "a red cup",
                "rain",
                Map.of("<a>", "ab12"),
                List.of(),
                "model",
                "cd34",
                "ddim",
                steps,
                7.5,
                7,
                0,
                new ImageSize(4, 4),
                1,
                Optional.empty(),
                List.of(),
                version);
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        return new ImageFolder(folder)
                .write(new GeneratedImage(image, settings))
                .getFileName()
                .toString();
    }
}
