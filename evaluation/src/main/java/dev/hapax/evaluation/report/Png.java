package dev.hapax.evaluation.report;

import dev.hapax.diffusion.PngImages;
import java.awt.image.BufferedImage;
import java.util.Base64;

/** Pictures inside a page. */
final class Png {
    private Png() {}

    /** A picture as an address that holds it. */
    static String uri(BufferedImage image) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(PngImages.toBytes(image));
    }
}
