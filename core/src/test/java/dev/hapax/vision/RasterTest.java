package dev.hapax.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RasterTest {
    private final Raster picture = new Raster(3, 2, 1, new byte[] {0, 10, 20, (byte) 200, (byte) 210, (byte) 250});

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void theSameSizeChangesNothing(Resampling filter) {
        assertArrayEquals(picture.samples(), picture.resize(3, 2, filter).samples());
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void oneColourStaysThatColour(Resampling filter) {
        byte[] samples = new byte[5 * 4 * 3];
        java.util.Arrays.fill(samples, (byte) 201);
        Raster resized = new Raster(5, 4, 3, samples).resize(2, 7, filter);
        for (byte sample : resized.samples()) {
            assertEquals((byte) 201, sample);
        }
    }

    @Test
    void boxAverages() {
        // ((0 + 10 + 20) / 3 + (200 + 210 + 250) / 3) / 2, the first pass rounded to 8 bits
        assertArrayEquals(new byte[] {115}, picture.resize(1, 1, Resampling.BOX).samples());
    }

    @Test
    void sharpFiltersAreCutOffAtBlackAndWhite() {
        Raster edge = new Raster(4, 1, 1, new byte[] {0, 0, (byte) 255, (byte) 255});
        byte[] wide = edge.resize(16, 1, Resampling.LANCZOS).samples();
        for (int i = 0;
                i < 16;
                i++) { // without the cut, values below 0 would come out near 255 and the other way round
            int sample = wide[i] & 0xFF;
            assertEquals(i >= 8, sample > 127, "sample " + i + " is " + sample);
        }
    }

    @Test
    void theShorterSideIsChosenAndTheLongerCutOff() {
        Raster wide = new Raster(5, 3, 1, new byte[15]).resizeShorter(2, Resampling.BICUBIC);
        assertEquals(3, wide.width()); // 5 * 2 / 3 = 3.3
        assertEquals(2, wide.height());
        Raster tall = new Raster(3, 5, 1, new byte[15]).resizeShorter(4, Resampling.BICUBIC);
        assertEquals(4, tall.width());
        assertEquals(6, tall.height()); // 6.7
    }

    @Test
    void partsAndMirrorImages() {
        assertArrayEquals(new byte[] {10, (byte) 210}, picture.crop(1, 0, 1, 2).samples());
        assertArrayEquals(
                new byte[] {20, 10, 0, (byte) 250, (byte) 210, (byte) 200},
                picture.mirrored().samples());
        assertArrayEquals(
                new byte[] {0, 10, (byte) 200, (byte) 210},
                picture.centreSquare().samples());
        assertThrows(IllegalArgumentException.class, () -> picture.crop(2, 0, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new Raster(2, 2, 3, new byte[11]));
    }

    @Test
    void anExtendedPictureStaysWhereItIs() {
        assertArrayEquals(
                new byte[] {
                    0,
                    10,
                    20,
                    20,
                    20,
                    (byte) 200,
                    (byte) 210,
                    (byte) 250,
                    (byte) 250,
                    (byte) 250,
                    (byte) 200,
                    (byte) 210,
                    (byte) 250,
                    (byte) 250,
                    (byte) 250
                },
                picture.extend(5, 3).samples());
        assertArrayEquals(picture.samples(), picture.extend(3, 2).samples());
        assertThrows(IllegalArgumentException.class, () -> picture.extend(2, 5));
    }

    /** The numbers are those of Pillow 12.3, {@code convert("L")}. */
    @Test
    void greyIsPillowsGrey() {
        int[] colours = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 127, 128, 129, 10, 200, 77};
        byte[] samples = new byte[colours.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) colours[i];
        }
        Raster grey = new Raster(3, 2, 3, samples).grey();
        assertEquals(1, grey.channels());
        assertArrayEquals(new byte[] {76, (byte) 150, 29, (byte) 255, (byte) 128, (byte) 129}, grey.samples());
        assertArrayEquals(picture.samples(), picture.grey().samples());
    }

    @Test
    void channelsComeFirstInATensor() {
        try (Scope scope = Scope.open()) {
            Raster two = new Raster(2, 1, 3, new byte[] {1, 2, 3, (byte) 129, (byte) 130, (byte) 255});
            assertArrayEquals(new long[] {3, 1, 2}, two.toTensor().shape());
            assertArrayEquals(
                    new float[] {1, 129, 2, 130, 3, 255}, two.toTensor().toFloats());
        }
    }
}
