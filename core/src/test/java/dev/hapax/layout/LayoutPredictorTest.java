package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutPredictorTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderHoldsAllOfIt() {
        LayoutPredictor predictor = TinyLayout.predictor();
        assertFalse(LayoutPredictor.isIn(folder));
        predictor.write(folder.resolve("layout"), Map.of("steps", 7));
        assertTrue(LayoutPredictor.isIn(folder));
        try (LayoutPredictor read = LayoutPredictor.open(folder.resolve("layout"))) {
            assertEquals(predictor.nouns().names(), read.nouns().names());
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(
                        predictor.nouns().raw().get(i), read.nouns().raw().get(i));
                assertArrayEquals(
                        predictor.nouns().refined().get(i),
                        read.nouns().refined().get(i));
            }
            assertEquals(predictor.predict("dog", "ball"), read.predict("dog", "ball"));
            assertNotEquals(
                    read.predict("dog", "ball").firstBox(),
                    read.predict("ball", "dog").secondBox());
        }
        Config config = Config.read(folder.resolve("layout/config.json"));
        assertEquals(7, config.object("training").integer("steps"));
    }

    @Test
    void boxesAreThoseOfTheNetworkCutAtTheEdges() {
        try (Scope scope = Scope.open()) {
            NounTable nouns = TinyLayout.nouns();
            Tensor weight = Tensor.zeros(DType.FLOAT32, 8, 2L * PairMlp.HIDDEN);
            float far = -20; // as good as 0
            Tensor bias = Tensor.of(new float[] {far, 0, 0, far, 0, 0, 20, 20}, 8);
            PairMlp plain = new PairMlp(
                    new Linear(
                            Tensor.zeros(DType.FLOAT32, PairMlp.HIDDEN, 4),
                            Tensor.zeros(DType.FLOAT32, PairMlp.HIDDEN)),
                    new Linear(weight, bias));
            PairLayout pair = LayoutPredictor.of(nouns, plain).predict("cat", "dog");
            assertEquals(0, pair.firstBox().left(), 1e-6); // middle at 0, half as wide as the picture
            assertEquals(0.25, pair.firstBox().right(), 1e-6);
            assertEquals(0, pair.firstBox().height(), 1e-6);
            assertEquals(0, pair.secondBox().left(), 1e-6); // all of it
            assertEquals(1, pair.secondBox().bottom(), 1e-6);
        }
    }

    @Test
    void anotherFolderIsRefused() throws IOException {
        Path other = Files.createDirectory(folder.resolve("unet"));
        Files.writeString(other.resolve("config.json"), "{\"_class_name\": \"UNet2DConditionModel\"}");
        var error = assertThrows(CheckpointException.class, () -> LayoutPredictor.open(other));
        assertEquals(
                other
                        + " holds no layout predictor but \"UNet2DConditionModel\"; take a folder that hapax layout train has"
                        + " written",
                error.getMessage());
    }
}
