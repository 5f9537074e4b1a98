package dev.hapax.app.page;

import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.diffusion.PngImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Pictures as PNG: into files that are whole or not there, and into the page itself. */
public final class AtomicPicture {
    private AtomicPicture() {}

    /** Writes a picture; the folder is made if needed. */
    public static void write(Path file, BufferedImage image) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
        AtomicFile.write(file, PngImages.toBytes(image));
    }

    /** A picture inside a page. */
    public static String uri(BufferedImage image) {
        return uri(PngImages.toBytes(image));
    }

    /** A picture inside a page. */
    public static String uri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
