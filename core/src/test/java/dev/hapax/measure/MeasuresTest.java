package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    @Test
    void overlapIsIntersectionOverUnion() {
        PixelMask left = PixelMask.of(2, 4, i -> i % 4 < 2); // 4 pixels
        PixelMask middle = PixelMask.of(2, 4, i -> i % 4 == 1 || i % 4 == 2); // 4 pixels, 2 of them in left
        assertEquals(2.0 / 6, left.overlap(middle), 1e-12);
        assertEquals(1, left.overlap(left), 1e-12);
        PixelMask none = PixelMask.of(2, 4, i -> false);
        assertEquals(0, none.overlap(none), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> left.overlap(PixelMask.of(4, 2, i -> true)));
    }

    @Test
    void aWordLooksWhereHalfOfItsLargestAttentionIs() {
        HeatMap map = new HeatMap(1, 4, new float[] {0.1f, 0.2f, 0.21f, 0.4f});
        assertArrayEquals(new float[] {0.25f, 0.5f, 0.525f, 1}, map.normalised().values(), 1e-6f);
        assertEquals(PixelMask.of(1, 4, i -> i >= 2).pixels(), map.above(0.5).pixels());
    }

    @Test
    void overlapIsTakenAtTheSizeOfTheTruth() {
        HeatMap map = new HeatMap(2, 2, new float[] {1, 0, 1, 0});
        PixelMask truth = PixelMask.of(4, 4, i -> i % 4 < 2);
        // between the columns the bilinear map falls 1, 0.75, 0.25, 0
        assertArrayEquals(
                new float[] {1, 0.75f, 0.25f, 0},
                java.util.Arrays.copyOf(map.resized(4, 4).values(), 4),
                1e-6f);
        assertEquals(1, map.overlap(truth), 1e-12);
    }

    @Test
    void cosineIsThatOfTheAngle() {
        Embedding x = new Embedding(new float[] {3, 0});
        assertEquals(Math.sqrt(0.5), x.cosine(new Embedding(new float[] {1, 1})), 1e-7);
        assertEquals(-1, x.cosine(new Embedding(new float[] {-2, 0})), 1e-12);
        assertEquals(0.5, x.meanCosine(List.of(x, new Embedding(new float[] {0, 9}))), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> x.cosine(new Embedding(new float[] {1})));
    }

    @Test
    void leakageCountsImagesNearerToTheirOwnCrop() {
        Embedding own = new Embedding(new float[] {1, 0});
        Embedding other = new Embedding(new float[] {0, 1});
        List<Embedding> drawn = List.of(
                new Embedding(new float[] {2, 1}), new Embedding(new float[] {1, 0}), new Embedding(new float[] {1, 3
                }));
        Leakage leakage = Leakage.of(drawn, own, other);
        assertEquals(2.0 / 3, leakage.ownShare(), 1e-12);
        assertEquals((2 / Math.sqrt(5) + 1 + 1 / Math.sqrt(10)) / 3, leakage.own(), 1e-6);
        assertEquals((1 / Math.sqrt(5) + 0 + 3 / Math.sqrt(10)) / 3, leakage.other(), 1e-6);
    }

    @Test
    void aCropShowsOneThingOnly() {
        BufferedImage picture = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        PixelMask thing = PixelMask.of(20, 20, i -> i % 20 >= 4 && i % 20 < 9 && i / 20 >= 4 && i / 20 < 9);
        PixelMask other = PixelMask.of(20, 20, i -> i % 20 == 3);
        for (int i = 0; i < 400; i++) {
            picture.setRGB(
                    i % 20,
                    i / 20,
                    thing.at(i % 20, i / 20) ? 0xFF0000 : other.at(i % 20, i / 20) ? 0x00FF00 : 0x0000FF);
        }
        BufferedImage crop = ThingCrop.of(picture, thing, other);
        assertEquals(6, crop.getWidth()); // 5 and a tenth on each side
        assertEquals(6, crop.getHeight());
        int red = 0;
        for (int i = 0; i < 36; i++) {
            int colour = crop.getRGB(i % 6, i / 6) & 0xFFFFFF;
            assertEquals(0, colour & 0x00FF00, "the other thing is gone");
            red += colour == 0xFF0000 ? 1 : 0;
        }
        assertEquals(25, red);
        assertThrows(
                IllegalArgumentException.class, () -> ThingCrop.of(picture, PixelMask.of(20, 20, i -> false), other));
    }
}
