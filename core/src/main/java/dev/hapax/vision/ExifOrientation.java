package dev.hapax.vision;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * How a camera was held. It stores the rows of its sensor as they are and says how to turn them (Exif 2.32, tag 274).
 *
 * @param value where the first row and the first column of what is stored belong: 1 top and left, 2 top and right, 3 bottom
 *     and right, 4 bottom and left, 5 left and top, 6 right and top, 7 right and bottom, 8 left and bottom
 */
public record ExifOrientation(int value) {
    /** What is stored is upright. */
    public static final ExifOrientation UPRIGHT = new ExifOrientation(1);

    private static final int LAST = 8;
    private static final int TURNED = 5; // from here on rows are columns

    /** Checks the range. */
    public ExifOrientation {
        if (value < 1 || value > LAST) {
            throw new IllegalArgumentException("an orientation is in 1 ... " + LAST + ", got " + value);
        }
    }

    /** What a picture's file says; upright if it says nothing, or nothing that Exif knows. */
    public static ExifOrientation of(byte[] file) {
        try {
            ExifIFD0Directory said = ImageMetadataReader.readMetadata(new ByteArrayInputStream(file))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = said == null ? null : said.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            return value == null || value < 1 || value > LAST ? UPRIGHT : new ExifOrientation(value);
        } catch (ImageProcessingException | IOException e) {
            return UPRIGHT; // whoever reads the pixels will say what is wrong
        }
    }

    /** The picture as it was seen; every sample stays what it is. */
    public BufferedImage upright(BufferedImage stored) {
        if (value == 1) {
            return stored;
        }
        Raster from = stored.getRaster();
        int width = from.getWidth();
        int height = from.getHeight();
        boolean turned = value >= TURNED;
        boolean fromRight = value == 2 || value == 3 || value == 7 || value == 8;
        boolean fromBelow = value == 3 || value == 4 || value == 6 || value == 7;
        WritableRaster to = from.createCompatibleWritableRaster(turned ? height : width, turned ? width : height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int across = fromRight ? width - 1 - x : x;
                int down = fromBelow ? height - 1 - y : y;
                pixel = from.getDataElements(x, y, pixel);
                to.setDataElements(turned ? down : across, turned ? across : down, pixel);
            }
        }
        return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
    }
}
