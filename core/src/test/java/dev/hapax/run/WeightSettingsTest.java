package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.method.disendiff.DisenDiffSettings;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WeightSettingsTest {
    private static final Regularisation DRAWN = Regularisation.generated(200, "a cat");

    private static WeightSettings settings(double prior, OptionalInt rank, OptionalInt export) {
        return new WeightSettings(
                rank, false, 1e-3, prior, DRAWN, false, DisenDiffSettings.SHIPPED, Map.of(), Map.of(), export);
    }

    @Test
    void aPriorOfNoWeightHasNoPictures() {
        OptionalInt none = OptionalInt.empty();
        assertEquals(DRAWN, settings(0.1, none, none).regularisation());
        assertEquals(Regularisation.NONE, settings(0, none, none).regularisation());
    }

    @Test
    void whatIsExportedHasARankAndIsNotThereAlready() {
        assertRefused("the rank of an exported LoRA must be at least 1, got -1", OptionalInt.empty(), -1);
        assertRefused(
                "a LoRA of rank 2 is learned and is what other programs read; one of rank 4 is exported only where whole"
                        + " matrices are learned: leave one of the two out",
                OptionalInt.of(2),
                4);
    }

    private static void assertRefused(String message, OptionalInt rank, int export) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> settings(1, rank, OptionalInt.of(export)))
                        .getMessage());
    }
}
