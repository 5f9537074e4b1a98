package dev.hapax.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTensorTest {

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR})
    void everyLevelOfEveryChannelComesBack(int type) {
        BufferedImage image = new BufferedImage(16, 20, type);
        for (int i = 0; i < 320; i++) {
            image.setRGB(i % 16, i / 16, 0xFF000000 | (i % 256) << 16 | (255 - i % 256) << 8 | (i * 7 % 256));
        }
        try (Scope scope = Scope.open()) {
            Tensor tensor = ImageTensor.of(image);
            assertArrayEquals(new long[] {1, 3, 20, 16}, tensor.shape());
            assertEquals(-1, tensor.toFloats()[0]);
            assertEquals(1, tensor.toFloats()[320]);
            BufferedImage back = ImageTensor.toImages(tensor).get(0);
            for (int i = 0; i < 320; i++) {
                assertEquals(image.getRGB(i % 16, i / 16), back.getRGB(i % 16, i / 16), "pixel " + i);
            }
        }
    }

    @Test
    void transparencyIsDropped() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FF0033);
        try (Scope scope = Scope.open()) {
            assertArrayEquals(new float[] {1, -1, -0.6f}, ImageTensor.of(image).toFloats(), 1e-6f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyKeepsItsLevel(int type) {
        BufferedImage image = new BufferedImage(2, 1, type);
        int white = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
        image.getRaster().setSample(0, 0, 0, white / 5); // 51 of 255
        image.getRaster().setSample(1, 0, 0, white);
        try (Scope scope = Scope.open()) {
            float[] expected = {-0.6f, 1, -0.6f, 1, -0.6f, 1};
            assertArrayEquals(expected, ImageTensor.of(image).toFloats(), 1e-6f);
        }
    }

    @Test
    void valuesAreClampedAndRounded() {
        float low = 2 * 1.4f / 255 - 1; // level 1.4
        float high = 2 * 1.6f / 255 - 1; // level 1.6
        try (Scope scope = Scope.open()) {
            Tensor tensor = Tensor.of(new float[] {-7, low, 9, 0, high, 1}, 1, 3, 1, 2);
            BufferedImage image =
                    ImageTensor.toImages(tensor.requiresGrad(true)).get(0);
            assertEquals(0xFF00FF02, image.getRGB(0, 0));
            assertEquals(0xFF0180FF, image.getRGB(1, 0)); // the middle, 127.5, becomes 128
        }
    }

    @Test
    void batchesKeepTheirOrderAndAnyFloatTypeWorks() {
        BufferedImage red = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        red.setRGB(1, 2, 0xFF0000);
        BufferedImage blue = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        blue.setRGB(0, 1, 0x0000FF);
        try (Scope scope = Scope.open()) {
            Tensor both = ImageTensor.of(List.of(red, blue));
            assertArrayEquals(new long[] {2, 3, 3, 2}, both.shape());
            List<BufferedImage> images =
                    ImageTensor.toImages(both.to(DType.BFLOAT16).channelsLast());
            assertEquals(0xFFFF0000, images.get(0).getRGB(1, 2));
            assertEquals(0xFF0000FF, images.get(1).getRGB(0, 1));
            assertEquals(0xFF000000, images.get(1).getRGB(1, 2));
        }
    }

    @Test
    void levelsAreNotRoundedToTheTensorsType() {
        try (Scope scope = Scope.open()) {
            Tensor value = Tensor.of(new float[] {0.30078125f}, 1).to(DType.BFLOAT16); // level 165.85; 165 if in bf16
            assertEquals(
                    0xFFA6A6A6,
                    ImageTensor.toImages(value.expand(1, 3, 1, 1)).get(0).getRGB(0, 0));
        }
    }

    @Test
    void valuesThatAreNoNumbersAreNotDrawnBlack() {
        try (Scope scope = Scope.open()) {
            Tensor tensor = Tensor.of(new float[] {0, Float.NaN, 1, -1, Float.POSITIVE_INFINITY, 0}, 1, 3, 1, 2);
            var e = assertThrows(IllegalArgumentException.class, () -> ImageTensor.toImages(tensor));
            assertEquals(
                    "1 of the picture's 6 values are no numbers (NaN); draw it with another sampler or, if the model runs"
                            + " in 16 bits, in fp32",
                    e.getMessage());
        }
    }

    @Test
    void otherShapesAreErrors() {
        try (Scope scope = Scope.open()) {
            Tensor grey = Tensor.zeros(DType.FLOAT32, 1, 1, 2, 2);
            assertThrows(IllegalArgumentException.class, () -> ImageTensor.toImages(grey));
            assertThrows(
                    IllegalArgumentException.class, () -> ImageTensor.toImages(Tensor.zeros(DType.FLOAT32, 2, 3, 2)));
        }
    }
}
