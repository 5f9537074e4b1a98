package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.checkpoint.WordFile;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnWordsTest {
    private static Optional<String> noun(String token, String settings) {
        try (Scope scope = Scope.open()) {
            Map<String, String> metadata = Map.of("init", "ktn", "settings", settings);
            return OwnWords.noun(new WordFile(token, Tensor.ones(DType.FLOAT32, 1, 4), metadata));
        }
    }

    @Test
    void aModifierIsCalledAfterItsClassAndNotAfterWhatItStartsFrom() {
        String moved = "{\"prompt\":\"<a> teddy bear on a <b> table\",\"weights\":{\"rate\":1.0}}";
        assertEquals(Optional.of("teddy bear"), noun("<a>", moved));
        assertEquals(Optional.of("table"), noun("<b>", moved));
        String named = "{\"prompt\":\"a <a> cat and a <b> dog\",\"weights\":{\"attention\":{\"classes\":"
                + "{\"<a>\":\"black cat\",\"<b>\":\"dog\"}}}}";
        assertEquals(Optional.of("black cat"), noun("<a>", named));
        assertEquals(Optional.empty(), noun("<v>", "{\"prompt\":\"a <v>\",\"weights\":{}}"), "it is left out");
        assertEquals(Optional.of("ktn"), noun("<a>", "{\"prompt\":\"a <a> cat\"}"), "of methods that move words alone");
    }
}
