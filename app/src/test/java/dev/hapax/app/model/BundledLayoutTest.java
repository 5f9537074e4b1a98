package dev.hapax.app.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.layout.NounTable;
import dev.hapax.layout.PairLayout;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.RawVectors;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout predictor that comes with the little model. */
class BundledLayoutTest {
    @TempDir
    private Path cache;

    private Path model;

    @BeforeEach
    void unpack() {
        model = BundledModel.unpack(Map.of("XDG_CACHE_HOME", cache.toString()));
    }

    private LayoutPredictor open() {
        return LayoutPredictor.open(model.resolve(ModelFolder.LAYOUT));
    }

    @Test
    void itKnowsTheKindsAsTheTextEncoderDoes() {
        try (LayoutPredictor layout = open();
                StableDiffusion opened = StableDiffusion.open(model, DType.FLOAT32, Device.CPU)) {
            List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
            assertEquals(kinds, layout.nouns().names());
            NounTable now = RawVectors.table(opened, kinds);
            for (int i = 0; i < kinds.size(); i++) {
                assertArrayEquals(now.raw().get(i), layout.nouns().raw().get(i), 1e-4f);
                assertArrayEquals(now.refined().get(i), layout.nouns().refined().get(i), 1e-3f);
            }
        }
    }

    @Test
    void everyPairStandsSideBySideTheFirstLeft() {
        try (LayoutPredictor layout = open()) {
            for (String first : layout.nouns().names()) {
                for (String second : layout.nouns().names()) {
                    PairLayout pair = layout.predict(first, second);
                    double gap = pair.secondBox().centreX() - pair.firstBox().centreX();
                    assertTrue(gap > 0.3 && pair.isSideBySide(), pair::toString);
                    assertTrue(pair.firstBox().overlap(pair.secondBox()) < 0.1, pair::toString);
                    assertTrue(pair.firstBox().area() > 0.03 && pair.firstBox().area() < 0.4, pair::toString);
                }
            }
            PairLayout pair = layout.predict("tower", "car"); // found: 0.29 x 0.54 and 0.43 x 0.30 on average
            assertTrue(pair.firstBox().height() > 1.4 * pair.firstBox().width(), pair::toString);
            assertTrue(pair.secondBox().width() > 1.2 * pair.secondBox().height(), pair::toString);
        }
    }
}
