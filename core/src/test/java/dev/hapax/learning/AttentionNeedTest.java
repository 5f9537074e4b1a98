package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.MapLevel;
import dev.hapax.attention.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the losses of a method ask of the attention, and which layers are recorded for it. */
class AttentionNeedTest {
    private static final AttentionNeed VALUES = AttentionNeed.values(MapLevel.NEAREST_TO_16);
    private static final AttentionNeed GRADIENT = AttentionNeed.gradient(MapLevel.NEAREST_TO_16);

    @Test
    void oneNeedCoversBoth() {
        assertEquals(VALUES, AttentionNeed.NONE.and(VALUES));
        assertEquals(VALUES, VALUES.and(AttentionNeed.NONE));
        assertEquals(GRADIENT, VALUES.and(GRADIENT));
        assertEquals(GRADIENT, GRADIENT.and(VALUES));
        assertEquals(AttentionNeed.NONE, AttentionNeed.NONE.and(AttentionNeed.NONE));
    }

    @Test
    void mapsOfTwoLevelsAreRefused() {
        AttentionNeed other = AttentionNeed.gradient(MapLevel.LOWEST_DOWN);
        String message = assertThrows(IllegalArgumentException.class, () -> VALUES.and(other))
                .getMessage();
        assertTrue(message.contains("got NEAREST_TO_16 and LOWEST_DOWN"), message);
    }

    @Test
    void theLayersOfTheLevelAreRecorded() {
        AttentionLayer outer = new AttentionLayer(0, "down_blocks.0.attentions.0.transformer_blocks.0.attn2", 1, 768);
        AttentionLayer lower = new AttentionLayer(1, "down_blocks.1.attentions.0.transformer_blocks.0.attn2", 2, 768);
        assertEquals(List.of(outer), recorded(VALUES, outer, lower), "16 x 16");
        assertEquals(List.of(lower), recorded(AttentionNeed.gradient(MapLevel.LOWEST_DOWN), outer, lower), "8 x 8");
        assertEquals(List.of(), recorded(AttentionNeed.NONE, outer, lower));
    }

    private static List<AttentionLayer> recorded(AttentionNeed need, AttentionLayer... layers) {
        Resolution latents = Resolution.square(16);
        return List.of(layers).stream()
                .filter(layer -> new WatchedMaps(need, List.of(layers))
                        .choice(latents)
                        .includes(layer, layer.resolution(16, 16)))
                .toList();
    }
}
