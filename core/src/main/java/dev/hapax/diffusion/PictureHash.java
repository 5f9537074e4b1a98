package dev.hapax.diffusion;

import dev.hapax.vision.Raster;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a picture that comes from no file by SHA-256 of its samples, row by row. */
final class PictureHash {
    private PictureHash() {}

    /** The hash in hexadecimal. */
    static String of(Raster picture) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture.samples()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
