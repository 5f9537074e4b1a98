package dev.hapax.run.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.layout.PairLayout;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.Detection;
import dev.hapax.vision.detect.Detector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutDataTest {
    private static final PairPrompts PROMPTS = new PairPrompts(List.of("cat", "ball", "cup"), "and", 3);
    private static final ImageRequest REQUEST =
            ImageRequest.of("").withSteps(1).withSampler("ddim").withGuidance(2).withSeed(9);

    private static StableDiffusion model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws URISyntaxException {
        model = StableDiffusion.open(
                Path.of(Objects.requireNonNull(LayoutDataTest.class.getResource("/goldens/sd-tiny"))
                        .toURI()),
                DType.FLOAT32,
                Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Sees cat, ball and cup where its one number says, the cup with a low score. */
    private record Fake(List<Raster> seen) implements Detector {
        @Override
        public List<String> labels() {
            return List.of("cat", "ball", "cup");
        }

        @Override
        public List<Detection> detect(Raster picture, double threshold) {
            seen.add(picture);
            double at = seen.size() / 100.0;
            return List.of(
                            new Detection("cat", 0.9, new Box(at, 0, 0.5, 1)),
                            new Detection("ball", 0.85, new Box(0.5, at, 1, 1)),
                            new Detection("cup", 0.4, new Box(0, at, 1, 1)))
                    .stream()
                    .filter(it -> it.score() > threshold)
                    .toList();
        }

        @Override
        public Map<String, Double> presence(Raster picture) {
            throw new UnsupportedOperationException();
        }
    }

    private LayoutData data(Fake fake, Optional<Path> kept) {
        return new LayoutData(new PairImages(model, PROMPTS, REQUEST, kept), fake, 0.8);
    }

    @Test
    void imagesAreLookedAtAndWhatIsMissingIsAdded() {
        Fake fake = new Fake(new ArrayList<>());
        LayoutData data = data(fake, Optional.empty());
        BoxesFile file = BoxesFile.open(folder.resolve("boxes.jsonl"), Map.of());
        List<SeenPair> heard = new ArrayList<>();
        assertTrue(data.fill(file, 2, Progress.NONE, heard::add, () -> false));
        BoxesFile again = BoxesFile.open(folder.resolve("boxes.jsonl"), Map.of());
        assertTrue(data.fill(again, 8, Progress.NONE, heard::add, () -> false));
        assertEquals(heard, again.pairs());
        assertEquals(8, heard.size());
        for (int i = 0; i < 8; i++) {
            PairPrompts.Pair pair = PROMPTS.pairs().get(i % 6);
            SeenPair seen = heard.get(i);
            assertEquals(
                    List.of((long) i, pair.first(), pair.second()), List.of(seen.image(), seen.first(), seen.second()));
            boolean cup = pair.first().equals("cup") || pair.second().equals("cup");
            assertEquals(cup, seen.layout().isEmpty(), pair::toString);
            if (!cup) {
                PairLayout layout = seen.layout().orElseThrow();
                Box cat = pair.first().equals("cat") ? layout.firstBox() : layout.secondBox();
                assertEquals((i + 1) / 100.0, cat.left());
            }
        }
    }

    @Test
    void theImageIsThatOfItsPromptSeedAndNumber() {
        Fake fake = new Fake(new ArrayList<>());
        PairImages images = data(fake, Optional.empty()).images();
        BufferedImage image = images.images(4, 1, Progress.NONE).get(4L);
        PairPrompts.Pair pair = PROMPTS.pairs().get(4);
        ImageRequest own = images.request(4);
        assertEquals(PROMPTS.prompt(pair), own.prompt());
        assertArrayEquals(
                PngImages.toBytes(ImageGenerator.of(model).generate(own).get(0).image()), PngImages.toBytes(image));
        assertEquals(4, own.first());
        assertEquals(9, own.seed());
    }

    @Test
    void keptImagesAreNotDrawnAgainUnlessTheyAreOthers() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        Progress count = (first, call, calls, step) -> steps.incrementAndGet();
        PairImages images =
                data(new Fake(new ArrayList<>()), Optional.of(folder)).images();
        Map<Long, BufferedImage> drawn = images.images(0, 2, count);
        assertEquals(2, steps.get());
        PairPrompts.Pair pair = PROMPTS.pairs().get(1);
        assertTrue(Files.exists(folder.resolve("00001-" + pair.first() + "-" + pair.second() + ".png")));
        Map<Long, BufferedImage> kept = images.images(0, 2, count);
        assertEquals(2, steps.get());
        for (long i = 0; i < 2; i++) {
            assertArrayEquals(
                    PngImages.toBytes(Objects.requireNonNull(drawn.get(i))),
                    PngImages.toBytes(Objects.requireNonNull(kept.get(i))));
        }
        new PairImages(model, PROMPTS, REQUEST.withGuidance(3), Optional.of(folder)).images(0, 1, count);
        assertEquals(3, steps.get());
        Files.writeString(folder.resolve("00001-" + pair.first() + "-" + pair.second() + ".png"), "torn");
        images.images(0, 2, count);
        assertEquals(5, steps.get()); // 0 has the other guidance, 1 is torn
    }

    @Test
    void itStopsBetweenImages() {
        AtomicInteger asked = new AtomicInteger();
        BoxesFile file = BoxesFile.open(folder.resolve("boxes.jsonl"), Map.of());
        Fake fake = new Fake(new ArrayList<>());
        assertFalse(data(fake, Optional.empty())
                .fill(file, 20, Progress.NONE, pair -> {}, () -> asked.incrementAndGet() > 1));
        assertEquals(8, file.pairs().size());
    }

    @Test
    void nounsThatTheDetectorDoesNotKnowAreRefused() {
        PairPrompts other = new PairPrompts(List.of("cat", "sofa", "desk"), "and", 0);
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> new LayoutData(
                        new PairImages(model, other, REQUEST, Optional.empty()), new Fake(List.of()), 0.5));
        assertEquals("the detector does not know sofa, desk; it knows cat, ball, cup", error.getMessage());
    }
}
