package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.vision.Lab;
import dev.hapax.vision.Palette;
import dev.hapax.vision.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteDifferenceTest {
    private static Palette.Color gray(int sample, double share) {
        return new Palette.Color(sample, sample, sample, share);
    }

    private static double difference(int one, int other) {
        return Lab.ofRgb(one, one, one).difference(Lab.ofRgb(other, other, other));
    }

    @Test
    void eachColorIsComparedWithTheNearestAndWeighsItsShare() {
        Palette one = new Palette(List.of(gray(0, 0.75), gray(255, 0.25)));
        Palette other = new Palette(List.of(gray(40, 1)));
        double black = difference(0, 40);
        double white = difference(255, 40);
        double there = 0.75 * black + 0.25 * white;
        double back = black; // the nearer of the two
        assertEquals((there + back) / 2, PaletteDifference.of(one, other), 1e-12);
        assertEquals((there + back) / 2, PaletteDifference.of(other, one), 1e-12, "either way");
        assertEquals(0, PaletteDifference.of(one, one), 1e-12);
    }

    @Test
    void blackAndWhiteAreAHundredApart() {
        Raster black = new Raster(2, 2, 3, new byte[12]);
        byte[] samples = new byte[3 * 9];
        java.util.Arrays.fill(samples, (byte) 255);
        Raster white = new Raster(3, 3, 3, samples);
        // the middles of the darkest and brightest of 32 bins are 4 and 252
        assertEquals(difference(4, 252), PaletteDifference.of(black, white), 1e-9);
        assertEquals(0, PaletteDifference.of(white, white), 1e-12);
    }
}
