package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VocabularyPlaceTest {
    private static Path model(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(VocabularyPlaceTest.class.getResource("/goldens/" + name))
                .toURI());
    }

    @Test
    void aScaledTokenIsItsOwnNearestNeighbour() throws URISyntaxException {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(model("sd-tiny"));
                Tokenizer tokenizer = Tokenizer.open(folder.path("tokenizer"))) {
            ClipTextEncoder encoder =
                    ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", DType.FLOAT32));
            float[] table = encoder.tokenTable().toFloats();
            int width = (int) encoder.width();
            double norms = 0;
            for (int row = 0; row < table.length / width; row++) {
                norms += norm(table, row, width);
            }
            int cat = tokenizer.idOf("a").orElseThrow();
            Tensor twice = encoder.tokenTable().narrow(0, cat, 1).times(2);
            VocabularyPlace place = VocabularyPlace.of(twice, encoder, tokenizer, 3);
            assertEquals(
                    2 * norm(table, cat, width) / (norms / (table.length / (double) width)), place.normRatio(), 1e-5);
            assertEquals(3, place.nearest().size());
            assertEquals("a", place.nearest().get(0).text());
            assertEquals(1, place.nearest().get(0).cosine(), 1e-5);
            assertTrue(place.nearest().get(1).cosine() < 1 - 1e-4);
            VocabularyPlace both = VocabularyPlace.of(
                    Tensor.cat(java.util.List.of(twice, twice.negative()), 0), encoder, tokenizer, 1);
            assertEquals(place.normRatio(), both.normRatio(), 1e-5);
            assertEquals(0, both.nearest().get(0).cosine(), 1e-5, "opposite vectors cancel");
        }
    }

    private static double norm(float[] table, int row, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) table[row * width + i] * table[row * width + i];
        }
        return Math.sqrt(sum);
    }

    @Test
    void aWholeClipInOneFolderJudgesToo() throws URISyntaxException {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        try (ClipJudge judge = ClipJudge.open(model("clip-full"))) {
            Embedding image = judge.of(picture);
            TextAlignment.Text text = TextAlignment.Text.of(judge, "a cat");
            assertEquals(image.values().length, text.plain().values().length);
            assertNotEquals(1, text.plain().cosine(text.prefixed()), 1e-6, "the prefix is read");
            assertEquals(64, judge.hash().length());
        }
    }
}
