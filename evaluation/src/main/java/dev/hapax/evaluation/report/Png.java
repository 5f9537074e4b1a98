package dev.hapax.evaluation.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures inside a page. */
final class Png {
    private Png() {}

    /** A picture as an address that holds it. */
    static String uri(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalArgumentException("no PNG can be written of an image of type " + image.getType());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory cannot be written", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
