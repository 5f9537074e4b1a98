package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.vision.detect.Box;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Boxes that are asked for with a prompt. */
class BoxRequestTest {
    private static final String PROMPT = "a photo of a red cup";
    private static final List<WordBox> CUP = List.of(new WordBox("cup", new Box(0, 0, 0.5, 1)));

    private static StableDiffusion model;

    @BeforeAll
    static void open() throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(BoxRequestTest.class.getResource("/goldens/sd-tiny"))
                .toURI());
        model = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aRequestWithBoxesIsDrawnWithThemAndSaysSo() {
        ImageRequest request =
                ImageRequest.of(PROMPT).withSteps(3).withSize(16, 16).withSampler("ddim");
        GeneratedImage plain = ImageGenerator.of(model).generate(request).get(0);
        GeneratedImage held =
                ImageGenerator.of(model).generate(request.withBoxes(CUP)).get(0);
        assertFalse(Arrays.equals(PngImages.toBytes(plain), PngImages.toBytes(held)));
        assertEquals(CUP, held.settings().boxes());
        GeneratedImage again =
                ImageGenerator.of(model).generate(held.settings().toRequest()).get(0);
        assertArrayEquals(PngImages.toBytes(held), PngImages.toBytes(again));
        assertEquals(List.of(), plain.settings().boxes());
    }

    @Test
    void aWordThatThePromptDoesNotHoldIsRefused() {
        ImageRequest request = ImageRequest.of("a red cupboard").withSteps(1).withBoxes(CUP);
        var error = assertThrows(
                IllegalArgumentException.class, () -> ImageGenerator.of(model).generate(request));
        assertEquals(
                "there is a box for cup, but the prompt \"a red cupboard\" does not hold it; put it into the prompt, or"
                        + " leave the box out",
                error.getMessage());
    }

    @Test
    void severalBoxesOfAWordAreItsPlaces() {
        Box left = new Box(0, 0, 0.5, 1);
        Box right = new Box(0.6, 0, 1, 1);
        BoxGuide guide = BoxGuide.of(
                model.unet(),
                model.text().tokens(PROMPT, List.of()),
                List.of(new WordBox("cup", left), new WordBox("red", right), new WordBox("cup", right)));
        assertEquals(2, guide.things().size());
        assertEquals(List.of(left, right), guide.things().get(0).boxes());
        assertEquals(
                model.text().tokens(PROMPT, List.of()).positions("cup"),
                guide.things().get(0).tokens());
    }
}
