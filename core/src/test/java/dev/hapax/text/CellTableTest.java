package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTableTest {
    private static final List<Integer> MATTE = List.of(200, 600, 800);

    @Test
    void sixteenLayersAreGroupedAsInTheFigure() {
        assertEquals(List.of(2, 2, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2), LayerGroups.byDepth(Layers.sixteen()));
        assertEquals(List.of(2, 1, 0, 0, 1, 1, 2), LayerGroups.byDepth(Layers.of(2, 4)), "Picturebook");
    }

    @Test
    void severalLayersInOneTransformerAreLeftToTheUser() {
        List<AttentionLayer> layers = new ArrayList<>(Layers.sixteen());
        layers.set(3, new AttentionLayer(3, "down_blocks.1.attentions.0.transformer_blocks.1.attn2", 2, 8));
        String message = assertThrows(IllegalArgumentException.class, () -> LayerGroups.byDepth(layers))
                .getMessage();
        assertTrue(message.contains("SDXL") && message.contains("--cells FILE"), message);
        assertThrows(IllegalArgumentException.class, () -> LayerGroups.byDepth(Layers.of(1, 1)));
    }

    @Test
    void stagesAreHalfOpenAndByTimestep() {
        CellTable table = new CellTable(List.of(), MATTE);
        assertEquals(List.of(0, 0, 1, 1, 2, 2, 3, 3), stages(table, 0, 199.5, 200, 599, 600, 799, 800, 999));
        assertEquals(List.of(0, 0, 1, 9, 9), stages(CellTable.stages(10), 0, 99, 100, 900, 999));
    }

    @Test
    void fiftyStepsOfDdimFallIntoTheStagesAsThePaperDrawsThem() {
        CellTable table = new CellTable(List.of(), MATTE);
        int[] counts = new int[4];
        for (int t = 1; t < 1000; t += 20) {
            counts[table.stage(t)]++;
        }
        assertEquals(List.of(10, 20, 10, 10), List.of(counts[0], counts[1], counts[2], counts[3]));
    }

    @Test
    void cellsAreFoundFromSitesAndSitesFromCells() {
        CellTable table = new CellTable(LayerGroups.byDepth(Layers.sixteen()), MATTE);
        assertEquals(12, table.cells());
        for (int cell = 0; cell < table.cells(); cell++) {
            assertEquals(cell, table.cell(table.site(cell)));
        }
        assertEquals(3 * 3 + LayerGroups.COARSE, table.cell(new Site(6, 812.5)));
    }

    @Test
    void twoTablesTogetherKeepApartWhatEitherDoes() {
        CellTable layers = new CellTable(List.of(0, 0, 1, 1), List.of(500));
        CellTable others = new CellTable(List.of(0, 1, 1, 1), List.of(200, 500));
        CellTable both = layers.and(others);
        assertEquals(List.of(0, 1, 2, 2), both.groups());
        assertEquals(List.of(200, 500), both.borders());
        assertEquals(layers, layers.and(CellTable.ONE));
        assertEquals(layers, CellTable.ONE.and(layers));
        assertThrows(IllegalArgumentException.class, () -> layers.and(CellTable.perLayer(5)));
    }

    @Test
    void tablesComeBackFromTheirFiles() {
        CellTable table = new CellTable(List.of(0, 1, 1), MATTE);
        assertEquals(table, CellTable.parse("x", table.json()));
        assertEquals(CellTable.stages(2), CellTable.parse("x", "{\"borders\": [500]}"));
        assertThrows(CheckpointException.class, () -> CellTable.parse("x", "{\"border\": [500]}"));
        assertThrows(CheckpointException.class, () -> CellTable.parse("x", "{\"groups\": [0, 2]}"));
        assertThrows(CheckpointException.class, () -> CellTable.parse("x", "{\"borders\": [500, 400]}"));
        String message = assertThrows(IllegalArgumentException.class, () -> table.requireLayers("<a>", 16))
                .getMessage();
        assertTrue(message.startsWith("<a> is divided among 3 layers that read text, here there are 16;"), message);
    }

    private static List<Integer> stages(CellTable table, double... timesteps) {
        List<Integer> stages = new ArrayList<>();
        for (double timestep : timesteps) {
            stages.add(table.stage(timestep));
        }
        return stages;
    }
}
