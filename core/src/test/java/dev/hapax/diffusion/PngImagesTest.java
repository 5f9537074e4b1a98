package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.lora.AppliedLora;
import dev.hapax.vision.detect.Box;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

class PngImagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a photo of a <teapot>, 35mm",
                "茶色の急須、浮世絵風",
                "Käse über Straße, ½ «naïve»",
                "emoji 🐈‍⬛ and\nanother line\twith \"quotes\" \\ and : commas, Steps: 3",
                "",
            })
    void pixelsAndSettingsComeBack(String prompt) throws IOException {
        ImageSettings settings = settings(prompt, "低品質");
        BufferedImage image = picture(13, 7);
        Path file = folder.resolve("急須.png");
        PngImages.write(file, new GeneratedImage(image, settings));
        SavedImage back = PngImages.read(file);
        assertEquals(settings, back.settings().orElseThrow());
        assertArrayEquals(pixels(image), pixels(back.image()));
        String text = Objects.requireNonNull(back.texts().get("parameters"));
        assertTrue(
                text.startsWith(prompt + " <lora:ink:0.8> <lora:Nacht:-1>\nNegative prompt: 低品質\nSteps: 20, "), text);
        assertArrayEquals(new File[] {file.toFile()}, folder.toFile().listFiles());
    }

    @Test
    void theReadableTextIsWhatImageBrowsersKnow() {
        assertEquals("""
            a <cat> on a mat <lora:ink:0.8> <lora:Nacht:-1>
            Negative prompt: blurry
            Steps: 20, Sampler: dpm++2m, CFG scale: 7.5, Seed: -3, Image: 2, Size: 13x7, \
            Model hash: 0123456789, Model: tiny, Denoising strength: 0.6, \
            Init image hash: aabbccddee, Mask hash: a1b2c3d4e5, \
            TI hashes: "<cat>: ffeeddccbbaa, <dog>: 00", Lora hashes: "ink: aabbccddeeff, Nacht: 112233445566", \
            Boxes: "<cat>=0.1,0.25,0.5,1.0; red mug=0.5,0.0,1.0,1.0", Version: hapax 1.0\
            """, SettingsText.write(settings("a <cat>" + " on a mat", "blurry")));
    }

    @Test
    void settingsOfOlderVersionsAreRead() {
        ImageSettings now = settings("a cat", "");
        String older = SettingsJson.write(now).replaceFirst(",\"start\":\\{[^}]*}", "");
        assertFalse(older.contains("keep"), older);
        ImageSettings back = SettingsJson.read("older.png", older);
        assertTrue(back.start().isEmpty());
        assertEquals(0.6, back.strength());
        assertEquals(now, SettingsJson.read("now.png", SettingsJson.write(now)));
    }

    /** The JDK reads what we write, also in other scripts. */
    @Test
    void anotherReaderFindsTheTexts() throws IOException {
        byte[] bytes = PngImages.toBytes(new GeneratedImage(picture(3, 2), settings("急須", "")));
        var reader = ImageIO.getImageReadersByFormatName("png").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes)));
        var root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
        NodeList texts = root.getElementsByTagName("iTXtEntry");
        assertEquals(2, texts.getLength());
        assertEquals("parameters", ((IIOMetadataNode) texts.item(0)).getAttribute("keyword"));
        assertTrue(((IIOMetadataNode) texts.item(0))
                .getAttribute("text")
                .startsWith("急須 <lora:ink:0.8> <lora:Nacht:-1>\nSteps: 20"));
    }

    @Test
    void latinTextsStayInTheChunkThatEveryProgramReads() {
        byte[] bytes = PngImages.toBytes(new GeneratedImage(picture(3, 2), settings("café", "")));
        String file = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(file.contains("tEXtparameters\0café <lora:ink:0.8> <lora:Nacht:-1>\nSteps"));
        assertFalse(file.contains("iTXt"));
    }

    @Test
    void equalImagesGiveEqualBytes() {
        GeneratedImage one = new GeneratedImage(picture(40, 30), settings("茶", ""));
        GeneratedImage two = new GeneratedImage(picture(40, 30), settings("茶", ""));
        assertArrayEquals(PngImages.toBytes(one), PngImages.toBytes(two));
    }

    @Test
    void everyRowFilterIsUndoneByOtherReaders() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                int smooth = (x * y / 16 + y) & 0xFF;
                int value = switch (y / 16) {
                    case 0 -> random.nextInt(1 << 24);
                    case 1 -> smooth * 0x010101;
                    case 2 -> (x * 4 & 0xFF) << 16 | (y * 4 & 0xFF) << 8 | smooth;
                    default -> ((int) (127 + 100 * Math.sin(x / 9.0) * Math.cos(y / 7.0))) * 0x010203 & 0xFFFFFF;
                };
                image.setRGB(x, y, value);
            }
        }
        byte[] bytes = PngImages.toBytes(new GeneratedImage(image, settings("", "")));
        assertArrayEquals(pixels(image), pixels(ImageIO.read(new ByteArrayInputStream(bytes))));
    }

    @Test
    void filesOfOtherProgramsAreReadToo() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write("a house\nSteps: 5".getBytes(StandardCharsets.ISO_8859_1));
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("parameters\0\0".getBytes(StandardCharsets.ISO_8859_1));
        data.writeBytes(packed.toByteArray());
        byte[] plain = PngImages.toBytes(new GeneratedImage(picture(2, 2), settings("", "")));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int header = 8 + 25;
        file.write(plain, 0, header);
        file.writeBytes(new PngChunk("zTXt", data.toByteArray()).toBytes());
        int pixels = new String(plain, StandardCharsets.ISO_8859_1).indexOf("IDAT") - 4;
        file.write(plain, pixels, plain.length - pixels);
        Path path = Files.write(folder.resolve("other.png"), file.toByteArray());
        SavedImage back = PngImages.read(path);
        assertEquals("a house\nSteps: 5", back.texts().get("parameters"));
        assertTrue(back.settings().isEmpty());
    }

    @Test
    void damagedFilesAreErrorsThatNameTheFile() throws IOException {
        byte[] bytes = PngImages.toBytes(new GeneratedImage(picture(5, 5), settings("x", "")));
        for (byte[] damaged :
                List.of(new byte[0], "GIF89a".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(bytes, 60))) {
            Path file = Files.write(folder.resolve("damaged.png"), damaged);
            var e = assertThrows(CheckpointException.class, () -> PngImages.read(file));
            assertMessage(e, "damaged.png");
        }
        assertThrows(CheckpointException.class, () -> PngImages.read(folder.resolve("missing.png")));
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("image.png");
        Files.createDirectory(file);
        Files.writeString(file.resolve("kept"), "here");
        assertThrows(
                CheckpointException.class,
                () -> PngImages.write(file, new GeneratedImage(picture(2, 2), settings("", ""))));
        assertEquals("here", Files.readString(file.resolve("kept")));
        assertArrayEquals(new File[] {file.toFile()}, folder.toFile().listFiles());
    }

    private static ImageSettings settings(String prompt, String negative) {
        return new ImageSettings(
                prompt,
                negative,
                Map.of("<cat>", "ffeeddccbbaa9988", "<dog>", "00"),
                List.of(new AppliedLora("ink", 0.8, "aabbccddeeff0011"), new AppliedLora("Nacht", -1, "112233445566")),
                "tiny",
                "0123456789abcdef",
                "dpm++2m",
                20,
                7.5,
                -3,
                2,
                new ImageSize(13, 7),
                0.6,
                Optional.of(new StartSettings("aabbccddeeff00", Optional.of("a1b2c3d4e5f6"), true)),
                List.of(
                        new WordBox("<cat>", new Box(0.1, 0.25, 0.5, 1)),
                        new WordBox("red mug", new Box(0.5, 0, 1, 1))),
                "1.0");
    }

    private static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 0x035711 & 0xFFFFFF);
        }
        return image;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static void assertMessage(Exception e, String part) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(part), message);
    }
}
