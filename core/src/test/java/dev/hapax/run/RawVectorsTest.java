package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.layout.NounTable;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawVectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"sd-tiny", "sdxl"})
    void ofALearnedWordTheMeanOfItsVectorsOfOthersOfTheirTokens(String name) throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(RawVectorsTest.class.getResource("/goldens/" + name))
                .toURI());
        try (StableDiffusion model = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
                Scope scope = Scope.open()) {
            NounTable nouns = RawVectors.table(model, List.of("cat", "red cup"));
            int width = nouns.width();
            float[] two = new float[2 * width];
            two[0] = 1;
            two[width] = 3;
            two[width + 1] = 8;
            RawVectors raw = new RawVectors(model, Lexicon.empty().with("<a>", Tensor.of(two, 2, width)));
            float[] mean = new float[width];
            mean[0] = 2;
            mean[1] = 4;
            assertArrayEquals(mean, raw.apply("<a>"));
            assertArrayEquals(nouns.raw().get(1), raw.apply("red cup"));
            if (model.text() instanceof SinglePromptEncoder single) {
                assertEquals(single.encoder().width(), width);
            }
        }
    }
}
