package dev.hapax.diffusion;

import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * PNG files that know how they were drawn: the settings stand in them twice, as {@code parameters} for image browsers
 * and as {@code hapax}, exactly, in JSON. Equal images with equal settings give equal bytes.
 */
public final class PngImages {
    private static final String READABLE = "parameters";
    private static final String EXACT = "hapax";

    private PngImages() {}

    /**
     * Writes an image with its settings, in one atomic step ({@link AtomicFile}).
     *
     * @throws CheckpointException if the file cannot be written; one that had this name is then still there
     */
    public static void write(Path file, GeneratedImage generated) {
        AtomicFile.write(file, toBytes(generated));
    }

    /** The bytes of a PNG file with the image and its settings. */
    public static byte[] toBytes(GeneratedImage generated) {
        List<PngChunk> pixels = PngPixels.chunks(generated.image());
        List<PngChunk> chunks = new ArrayList<>();
        chunks.add(pixels.get(0));
        chunks.add(PngChunk.text(READABLE, SettingsText.write(generated.settings())));
        chunks.add(PngChunk.text(EXACT, SettingsJson.write(generated.settings())));
        chunks.addAll(pixels.subList(1, pixels.size()));
        chunks.add(new PngChunk("IEND", new byte[0]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PngTexts.SIGNATURE);
        chunks.forEach(chunk -> out.writeBytes(chunk.toBytes()));
        return out.toByteArray();
    }

    /**
     * The bytes of a PNG file with a picture and nothing else.
     *
     * @throws IllegalArgumentException if PNG has no place for pixels of its type
     */
    public static byte[] toBytes(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, "png", bytes)) {
                throw new IllegalArgumentException("no PNG can be written of an image of type " + picture.getType());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a PNG file, whoever wrote it.
     *
     * @throws CheckpointException if it is missing, no PNG file, or damaged
     */
    public static SavedImage read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Map<String, String> texts = PngTexts.read(file.toString(), bytes);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new CheckpointException(file + " holds no picture that can be read");
            }
            Optional<ImageSettings> settings =
                    Optional.ofNullable(texts.get(EXACT)).map(text -> SettingsJson.read(file.toString(), text));
            return new SavedImage(image, settings, texts);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new CheckpointException(file + " cannot be read: " + e, e);
        }
    }
}
