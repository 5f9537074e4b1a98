package dev.hapax.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.learning.PictureFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExifOrientationTest {
    private static final Color[] COLOURS = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};

    @TempDir
    private Path folder;

    /** 32 x 16 pixels: red and green above, blue and white below. */
    private static BufferedImage quarters() {
        BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        for (int i = 0; i < COLOURS.length; i++) {
            canvas.setColor(COLOURS[i]);
            canvas.fillRect(i % 2 * 16, i / 2 * 8, 16, 8);
        }
        canvas.dispose();
        return image;
    }

    /** As a camera writes it: a JPEG whose first segment is Exif, with the orientation in its first directory. */
    private static byte[] jpeg(int orientation, ByteOrder order) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(quarters(), "jpg", plain);
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4).order(order);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        exif.putShort((short) 42).putInt(8); // the directory follows
        exif.putShort((short) 1); // with one entry: tag, type "short", one value, and its four bytes
        exif.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation);
        exif.putShort((short) 0).putInt(0); // no other directory
        ByteBuffer file = ByteBuffer.allocate(plain.size() + 4 + exif.capacity());
        file.put(plain.toByteArray(), 0, 2); // start of image
        file.putShort((short) 0xFFE1).putShort((short) (2 + exif.capacity())).put(exif.array());
        file.put(plain.toByteArray(), 2, plain.size() - 2);
        return file.array();
    }

    /** The quarters from the top left, row by row: R, G, B and W. */
    private static String seen(BufferedImage image) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int rgb = image.getRGB(image.getWidth() / 4 * (i % 2 * 2 + 1), image.getHeight() / 4 * (i / 2 * 2 + 1));
            boolean red = (rgb >> 16 & 0xFF) > 128;
            boolean green = (rgb >> 8 & 0xFF) > 128;
            text.append(red && green ? "W" : red ? "R" : green ? "G" : "B");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"1,RGBW", "2,GRWB", "3,WBGR", "4,BWRG", "5,RBGW", "6,BRWG", "7,WGBR", "8,GWRB"})
    void aPhotographIsTurnedAsTheCameraSays(int orientation, String expected) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] file = jpeg(orientation, order);
            assertEquals(orientation, ExifOrientation.of(file).value());
            BufferedImage upright = PictureFile.read(Files.write(folder.resolve("photo.jpg"), file))
                    .image();
            assertEquals(expected, seen(upright));
            assertEquals(orientation < 5 ? 32 : 16, upright.getWidth());
        }
    }

    @Test
    void samplesStayAsTheyAre() {
        BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {1000, 2000, 3000, 4000, 5000, 6000});
        BufferedImage turned = new ExifOrientation(6).upright(grey);
        assertEquals(grey.getColorModel(), turned.getColorModel());
        assertArrayEquals(
                new int[] {4000, 1000, 5000, 2000, 6000, 3000},
                turned.getRaster().getSamples(0, 0, 2, 3, 0, (int[]) null));
    }

    @Test
    void whatSaysNothingIsUpright() throws IOException {
        BufferedImage image = quarters();
        assertSame(image, ExifOrientation.UPRIGHT.upright(image));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(image, "png", plain);
        assertEquals(ExifOrientation.UPRIGHT, ExifOrientation.of(plain.toByteArray()));
        assertEquals(ExifOrientation.UPRIGHT, ExifOrientation.of(new byte[] {1, 2, 3}));
        assertEquals(ExifOrientation.UPRIGHT, ExifOrientation.of(jpeg(9, ByteOrder.BIG_ENDIAN)));
        assertThrows(IllegalArgumentException.class, () -> new ExifOrientation(9));
    }
}
