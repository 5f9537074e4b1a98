package dev.hapax.learning;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import dev.hapax.vision.ExifOrientation;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A picture to learn from, as it lies on the disk.
 *
 * @param path the file
 * @param sha256 of its bytes, in hexadecimal
 * @param image its pixels, upright
 */
public record PictureFile(Path path, String sha256, BufferedImage image) {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
    private static final double HALF_RANGE = 127.5; // samples 0..255 become -1..1

    /**
     * Reads pictures; a folder stands for all the pictures in it, by name.
     *
     * @throws CheckpointException if a file is missing or is no picture, or a folder has none
     */
    public static List<PictureFile> readAll(List<Path> filesAndFolders) {
        List<Path> files = new ArrayList<>();
        for (Path given : filesAndFolders) {
            files.addAll(Files.isDirectory(given) ? inFolder(given) : List.of(given));
        }
        return files.stream().map(PictureFile::read).toList();
    }

    private static List<Path> inFolder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> pictures =
                    entries.filter(PictureFile::isNamedLikeAPicture).sorted().toList();
            if (pictures.isEmpty()) {
                throw new CheckpointException("the folder " + folder + " has no pictures; put files there that end in "
                        + String.join(", ", ENDINGS));
            }
            return pictures;
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isNamedLikeAPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Reads one picture; one that a camera stored on its side is turned upright.
     *
     * @throws CheckpointException if it is missing, damaged, or no picture
     */
    public static PictureFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    "there is no picture " + file + "; look at the path " + file.toAbsolutePath());
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new CheckpointException(file + " is not a picture that can be read: it has " + bytes.length
                        + " bytes of another kind; PNG, JPEG, GIF and BMP are read, so convert it to one of these");
            }
            return new PictureFile(
                    file, sha256(bytes), ExifOrientation.of(bytes).upright(image));
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new CheckpointException(
                    file + " is damaged or of a rare kind: " + e.getMessage() + "; save it anew as PNG", e);
        }
    }

    /** The file's name without its ending. */
    public String name() {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Whether the picture is as wide as it is high. */
    public boolean isSquare() {
        return image.getWidth() == image.getHeight();
    }

    /** The picture as a square of {@code side} pixels. */
    public Raster square(int side, Framing framing) {
        return framing.square(Raster.of(image), side);
    }

    /** Encodes the picture as a square of {@code side} pixels; the latents belong to the innermost open scope. */
    public Example encode(Vae vae, int side, Framing framing) {
        return new Example(name(), sha256, encoded(vae, side, framing, false));
    }

    /** The same, to be shown as it is and mirrored. */
    public Example encodeBothWays(Vae vae, int side, Framing framing) {
        return encode(vae, side, framing).withMirrored(encoded(vae, side, framing, true));
    }

    private Posterior encoded(Vae vae, int side, Framing framing, boolean mirrored) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor pixels =
                    square(side, framing).toTensor().over(HALF_RANGE).minus(1).unsqueeze(0); // (1, 3, side, side)
            Posterior posterior = vae.encode(mirrored ? pixels.flip(3) : pixels);
            scope.release(posterior.mean());
            scope.release(posterior.logvar());
            return posterior;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
