package dev.hapax.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.Detection;
import dev.hapax.vision.detect.DetrDetector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorJudgeTest {
    @TempDir
    private Path folder;

    private static BufferedImage picture() {
        return new Renderer().render(new SceneSampler().sample(1), 64).image();
    }

    @Test
    void presenceIsTheMeanOfTheLikeliestGuesses() throws IOException {
        Path model = TinyDetector.in(folder);
        try (DetectorJudge judge = DetectorJudge.open(model);
                DetrDetector detector = DetrDetector.open(model)) {
            Map<String, Double> presence = judge.presence(picture());
            double cat = presence.getOrDefault("cat", -1.0);
            double dog = presence.getOrDefault("dog", -1.0);
            assertTrue(cat > 0 && dog > 0 && Math.abs(cat - dog) > 1e-6, presence::toString);
            assertEquals(cat, judge.presence(picture(), List.of("cat")), 1e-12);
            assertEquals((cat + dog) / 2, judge.presence(picture(), List.of("cat", "dog")), 1e-12);
            Detection surest = detector.detect(Raster.of(picture()), 0).get(0);
            assertEquals(surest.score(), judge.presence(picture(), List.of(surest.label())), 1e-6);
            assertEquals(detector.hash(), judge.hash());
        }
    }

    @Test
    void whatItDoesNotKnowIsNotJudged() throws IOException {
        try (DetectorJudge judge = DetectorJudge.open(TinyDetector.in(folder))) {
            assertTrue(judge.knows(List.of("dog", "cat")));
            assertFalse(judge.knows(List.of("dog", "unicorn")));
            var error = assertThrows(
                    IllegalArgumentException.class, () -> judge.presence(picture(), List.of("dog", "unicorn")));
            assertEquals(
                    "presence asks for things that the detector knows, got [dog, unicorn]; it knows cat, dog",
                    error.getMessage());
            assertThrows(IllegalArgumentException.class, () -> judge.presence(picture(), List.of()));
        }
    }
}
