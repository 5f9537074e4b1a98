package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {
    @TempDir
    private Path folder;

    @Test
    void coloursArriveAsTheyAreShown() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xFF102030);
        image.setRGB(1, 0, 0x00FF0000); // transparent: the paper shows
        ImageIO.write(image, "png", folder.resolve("x.png").toFile());
        Raster raster = Raster.of(PictureFile.read(folder.resolve("x.png")).image());
        assertArrayEquals(new byte[] {0x10, 0x20, 0x30, -1, -1, -1}, raster.samples());
    }

    @Test
    void greyStaysAsDarkAsItIs() {
        BufferedImage eight = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        eight.getRaster().setSample(0, 0, 0, 100);
        assertArrayEquals(new byte[] {100, 100, 100}, Raster.of(eight).samples());
        BufferedImage sixteen = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        sixteen.getRaster().setSample(0, 0, 0, 100 * 257);
        assertArrayEquals(new byte[] {100, 100, 100}, Raster.of(sixteen).samples());
    }

    @Test
    void ofPicturesThatAreNoSquaresTheMiddleIsTaken() throws IOException {
        BufferedImage wide = new BufferedImage(40, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 16; i++) {
            wide.setRGB(i % 40, i / 40, i * 7919);
        }
        PictureFile photo = picture("wide.png", wide);
        assertFalse(photo.isSquare());
        PictureFile middle = picture("middle.png", wide.getSubimage(12, 0, 16, 16));
        assertArrayEquals(
                middle.square(8, Framing.CROP).samples(),
                photo.square(8, Framing.CROP).samples());
        PictureFile high = picture("high.png", wide.getSubimage(0, 0, 5, 15));
        assertArrayEquals(
                Raster.of(wide.getSubimage(0, 5, 5, 5)).samples(),
                high.square(5, Framing.CROP).samples());
        assertTrue(middle.isSquare());
        byte[] resized =
                Raster.of(middle.image()).resize(8, 8, Resampling.BICUBIC).samples();
        for (Framing framing : Framing.values()) {
            assertArrayEquals(resized, middle.square(8, framing).samples(), "squares are only resized");
        }
    }

    @Test
    void orAllOfThemIsSqueezed() throws IOException {
        BufferedImage wide = new BufferedImage(40, 10, BufferedImage.TYPE_INT_RGB);
        for (int x = 22; x < 40; x++) {
            for (int y = 0; y < 10; y++) {
                wide.setRGB(x, y, 0xFFFFFF);
            }
        }
        Raster square = picture("wide.png", wide).square(8, Framing.SQUEEZE);
        assertEquals(8, square.width());
        assertEquals(8, square.height());
        assertEquals(0, square.samples()[0], "nothing is cut off at the left");
        assertEquals(-1, square.samples()[7 * 3], "nor at the right");
        int edge = square.samples()[4 * 3] & 0xFF; // of columns 20 to 24, and a little of their neighbours
        assertTrue(edge > 100 && edge < 200, "colours are mixed, not picked: " + edge);
    }

    @Test
    void aFolderStandsForItsPicturesByName() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        picture("b.png", image);
        picture("a.PNG", image);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        List<PictureFile> pictures = PictureFile.readAll(List.of(folder));
        assertEquals(List.of("a", "b"), pictures.stream().map(PictureFile::name).toList());
        assertEquals(64, pictures.get(0).sha256().length());
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        refuses("there is no picture", folder.resolve("nowhere.png"));
        refuses("is not a picture", Files.writeString(folder.resolve("text.png"), "not at all"));
        Path whole = folder.resolve("whole.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", whole.toFile());
        byte[] half = Arrays.copyOf(Files.readAllBytes(whole), 60);
        refuses("damaged", Files.write(folder.resolve("half.png"), half));
        refuses("has no pictures", Files.createDirectory(folder.resolve("empty")));
    }

    private static void refuses(String reason, Path path) {
        String message = assertThrows(CheckpointException.class, () -> PictureFile.readAll(List.of(path)))
                .getMessage();
        assertTrue(message.contains(reason) && message.contains(path.toString()), message);
    }

    private PictureFile picture(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return PictureFile.read(file);
    }
}
