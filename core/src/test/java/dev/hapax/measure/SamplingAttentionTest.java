package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.CellTable;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Outside;
import dev.hapax.text.Placement;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SamplingAttentionTest {
    private static final ImageRequest REQUEST = ImageRequest.of("a photo of a red cup")
            .withSampler("ddim")
            .withSteps(3)
            .withSeed(5);

    private static StableDiffusion model;

    @BeforeAll
    static void open() throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(SamplingAttentionTest.class.getResource("/goldens/sd-tiny"))
                .toURI());
        model = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void watchesEveryCallAndChangesNothing() {
        SamplingAttention seen = SamplingAttention.of(model, Lexicon.empty(), REQUEST, List.of("photo", "red", "cup"));
        assertEquals(3, seen.looks().size());
        assertTrue(seen.looks().get(0).timestep() > seen.looks().get(2).timestep());
        for (SamplingAttention.Look look : seen.looks()) {
            assertEquals(1, look.similarity(1, 1), 1e-6);
            assertEquals(look.similarity(0, 2), look.similarity(2, 0), 1e-9);
            assertTrue(look.similarity(0, 2) < 1 - 1e-9, "two words look alike: " + look.similarity(0, 2));
            double shares = look.share(0) + look.share(1) + look.share(2);
            assertTrue(shares > 0 && shares < 1, "shares of " + shares);
        }
        assertNotEquals(
                seen.looks().get(0).share(2), seen.looks().get(2).share(2), "attention changes over the sampling");
        assertArrayEquals(
                pixels(ImageGenerator.of(model).generate(REQUEST).get(0).image()),
                pixels(seen.image().image()));
    }

    @Test
    void learnedWordsAreWatchedToo() {
        try (Scope scope = Scope.open()) {
            Tensor rows = Tensor.ones(DType.FLOAT32, 2, 16); // a word of two vectors
            Lexicon words = Lexicon.empty().with("<a>", rows);
            ImageRequest request =
                    new ImageRequest("a photo of a <a> cup", "", 5, 1, 1, 2, 1, java.util.Optional.empty(), "ddim");
            SamplingAttention seen = SamplingAttention.of(model, words, request, List.of("<a>", "cup"));
            assertEquals(2, seen.looks().size());
            assertEquals(1, seen.image().settings().index(), "the image that was asked for");
            assertTrue(seen.looks().get(0).share(0) > 0);
        }
    }

    @Test
    void aWordThatIsNotThereIsAMistake() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> SamplingAttention.of(model, Lexicon.empty(), REQUEST, List.of("cup", "mug")));
        assertTrue(String.valueOf(e.getMessage()).contains("does not hold mug"), e.getMessage());
    }

    @Test
    void aWordForEachStageIsWatchedAndOneWithAPlaceIsNot() {
        try (Scope scope = Scope.open()) {
            CellTable stages = CellTable.stages(2);
            Lexicon words = Lexicon.empty().with("<a>", Tensor.ones(DType.FLOAT32, 2, 16), stages);
            ImageRequest request = ImageRequest.of("a photo of a <a> cup")
                    .withSampler("ddim")
                    .withSteps(2)
                    .withSeed(5);
            assertTrue(SamplingAttention.of(model, words, request, List.of("<a>", "cup"))
                            .looks()
                            .get(0)
                            .share(0)
                    > 0);
            Lexicon placed = words.placing("<a>", new Placement(stages, List.of(0), Outside.DROP, "", List.of()));
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> SamplingAttention.of(model, placed, request, List.of("<a>")));
            assertTrue(
                    String.valueOf(e.getMessage()).startsWith("<a> is read in some layers and at some timesteps only"),
                    e.getMessage());
        }
    }
}
