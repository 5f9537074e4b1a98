package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.diffusion.StartImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFilesTest {
    @TempDir
    private Path folder;

    @Test
    void theStrengthIsThatOfDiffusersUnlessAskedOtherwise() throws IOException {
        Path picture = write("picture.png", 5, 4);
        Path mask = write("mask.png", 3, 2);
        StartImage variation = new StartFiles(picture, Optional.empty(), Optional.empty(), false).read();
        assertEquals(0.8, variation.strength());
        assertEquals(4, variation.stepsOf(5));
        assertEquals(
                1,
                new StartFiles(picture, Optional.empty(), Optional.of(0.01), false)
                        .read()
                        .stepsOf(5));
        StartImage part = new StartFiles(picture, Optional.of(mask), Optional.empty(), false).read();
        assertEquals(1, part.strength());
        assertEquals(3, part.mask().orElseThrow().picture().width());
        assertFalse(part.mask().orElseThrow().keep());
        assertEquals(
                0.4,
                new StartFiles(picture, Optional.of(mask), Optional.of(0.4), true)
                        .read()
                        .strength());
    }

    @Test
    void nothingCanBeKeptWithoutAMask() throws IOException {
        StartFiles files = new StartFiles(write("picture.png", 5, 4), Optional.empty(), Optional.empty(), true);
        String message =
                assertThrows(IllegalArgumentException.class, files::read).getMessage();
        assertTrue(String.valueOf(message).contains("no pixel can be kept; give a mask"), message);
    }

    private Path write(String name, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file;
    }
}
