package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a mask keeps, and what is told about pictures and masks. */
class InpaintingMaskTest extends InpaintingModels {
    @Test
    void keptPixelsAreThePicturesOwn() {
        for (StableDiffusion model : List.of(plain, masked)) {
            Raster kept = Raster.of(
                    draw(model, start(1, RIGHT, true), request()).get(0).image());
            Raster loose = Raster.of(
                    draw(model, start(1, RIGHT, false), request()).get(0).image());
            byte[] own = Raster.of(PICTURE).crop(0, 0, 8, 16).samples();
            assertArrayEquals(own, kept.crop(0, 0, 8, 16).samples());
            assertFalse(Arrays.equals(own, loose.crop(0, 0, 8, 16).samples()), "the autoencoder changes them");
            assertArrayEquals(
                    loose.crop(8, 0, 8, 16).samples(), kept.crop(8, 0, 8, 16).samples());
            assertFalse(Arrays.equals(
                    Raster.of(PICTURE).crop(8, 0, 8, 16).samples(),
                    kept.crop(8, 0, 8, 16).samples()));
        }
    }

    /** A side that is no multiple of what a latent stands for: the result has the picture's size and is not shifted. */
    @Test
    void aPictureOfAnySizeKeepsItsPlace() {
        BufferedImage odd = Pictures.colourful(15, 13);
        BufferedImage larger = Pictures.mask(45, 26, 33, 45); // columns 11 to 14 of the picture
        StartImage start = new StartImage(odd, 1).withMask(InpaintingMask.of(larger, true));
        ImageRequest ownSize = ImageRequest.of("a red cup").withSteps(2);
        GeneratedImage image = draw(plain, start, ownSize).get(0);
        assertEquals(new ImageSize(15, 13), image.settings().size());
        Raster result = Raster.of(image.image());
        assertEquals(15, result.width());
        assertEquals(13, result.height());
        assertArrayEquals(
                Raster.of(odd).crop(0, 0, 11, 13).samples(),
                result.crop(0, 0, 11, 13).samples());
        for (int x = 11; x < 15; x++) {
            assertFalse(
                    Arrays.equals(
                            Raster.of(odd).crop(x, 0, 1, 13).samples(),
                            result.crop(x, 0, 1, 13).samples()),
                    "column " + x + " is painted anew");
        }
        GeneratedImage resized = draw(plain, start, ownSize.withSize(17, 16)).get(0);
        assertEquals(17, resized.image().getWidth());
        assertEquals(16, resized.image().getHeight());
    }

    /** Three to two in a square: the middle is drawn, and the mask is cut as the picture is. */
    @Test
    void aPhotographIsNotSqueezedIntoAnotherShape() {
        BufferedImage photo = Pictures.colourful(24, 16);
        BufferedImage mask = Pictures.mask(24, 16, 16, 24);
        BufferedImage larger = Pictures.mask(48, 48, 32, 48);
        for (BufferedImage right : List.of(mask, larger)) {
            StartImage start = new StartImage(photo, 1).withMask(InpaintingMask.of(right, true));
            Raster result = Raster.of(draw(plain, start, request()).get(0).image());
            assertArrayEquals(
                    Raster.of(photo).crop(4, 0, 12, 16).samples(),
                    result.crop(0, 0, 12, 16).samples());
            assertFalse(Arrays.equals(
                    Raster.of(photo).crop(16, 0, 4, 16).samples(),
                    result.crop(12, 0, 4, 16).samples()));
        }
    }

    @Test
    void greyMasksAreParted() {
        Canvas canvas = Canvas.of(new ImageSize(16, 16), 2);
        BufferedImage soft = Pictures.of(16, 16, (x, y) -> (x < 8 ? 127 : 128) * 0x010101);
        byte[] hard = InpaintingMask.of(soft, false).on(canvas).samples();
        assertEquals(0, hard[7]);
        assertEquals((byte) 255, hard[8]);
        assertArrayEquals(
                InpaintingMask.of(RIGHT, false).on(canvas).samples(),
                InpaintingMask.of(soft, false).on(canvas).samples());
    }

    @Test
    void theSettingsNamePictureAndMask() {
        StartImage start = new StartImage(Raster.of(PICTURE), "aa", 1, Optional.empty())
                .withMask(InpaintingMask.of(RIGHT, "bb", true));
        GeneratedImage image = draw(masked, start, request()).get(0);
        assertEquals(
                Optional.of(new StartSettings("aa", Optional.of("bb"), true)),
                image.settings().start());
        assertEquals(1, image.settings().strength());
        StartImage unnamed = start(1, RIGHT, false);
        assertEquals(64, unnamed.sha256().length());
        assertNotEquals(unnamed.sha256(), unnamed.settings().mask().orElseThrow(), "each is called by its own samples");
        GeneratedImage again = draw(masked, start, image.settings().toRequest()).get(0);
        assertArrayEquals(PngImages.toBytes(image), PngImages.toBytes(again));
    }

    @Test
    void mistakesAreTold() {
        assertMessage(
                "its U-Net reads 9 channels, latents, mask and masked picture; give it a picture and a mask",
                () -> ImageGenerator.of(masked).generate(request()));
        assertMessage("its U-Net reads 9 channels", () -> draw(masked, new StartImage(PICTURE, 0.5), request()));
        BufferedImage thin = Pictures.mask(16, 16, 9, 10); // between the first pixels of two blocks
        for (BufferedImage nothing : List.of(thin, Pictures.mask(16, 16, 0, 0))) {
            assertMessage(
                    "the mask leaves nothing to paint anew in 16x16 pixels: of every 2 x 2 pixels the first decides",
                    () -> draw(plain, start(1, nothing, true), request()));
        }
        BufferedImage clear = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        clear.createGraphics().fillRect(0, 0, 16, 3);
        assertMessage("the mask is transparent at (0, 3)", () -> InpaintingMask.of(clear, true));
        assertMessage(
                "the start picture has 48x24 pixels, this model is trained for 16x16; choose a size to draw it in,"
                        + " such as 24x12 (--size)",
                () -> draw(plain, new StartImage(Pictures.colourful(48, 24), 0.5), ImageRequest.of("a cup")));
        for (double strength : new double[] {0, -0.1, 1.01, Double.NaN}) {
            assertMessage("strength must be in (0, 1], got " + strength, () -> start(strength, RIGHT, true));
        }
    }

    private static void assertMessage(String expected, Executable mistake) {
        String message = assertThrows(IllegalArgumentException.class, mistake).getMessage();
        assertTrue(String.valueOf(message).contains(expected), message);
    }
}
