package dev.hapax.method.matte;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.text.CellTable;
import dev.hapax.text.LayerGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attribute's word is read in which cell.
 *
 * @param table divides layers and timesteps
 * @param color cells of the color word
 * @param style cells of the style word
 * @param object cells of the object word
 * @param layout cells of the layout word
 */
public record MatteCells(
        CellTable table, List<Integer> color, List<Integer> style, List<Integer> object, List<Integer> layout) {
    private static final List<Integer> BORDERS = List.of(200, 600, 800); // Agarwal et al. 2025, figure 7
    private static final Set<String> KEYS = Set.of("table", "color", "style", "object", "layout");

    /** Checks that every word has a cell. */
    public MatteCells {
        color = List.copyOf(color);
        style = List.copyOf(style);
        object = List.copyOf(object);
        layout = List.copyOf(layout);
        for (List<Integer> cells : List.of(color, style, object, layout)) {
            if (cells.isEmpty() || cells.stream().anyMatch(cell -> cell < 0 || cell >= table.cells())) {
                throw new IllegalArgumentException("color, style, object and layout each need one of the cells 0 to "
                        + (table.cells() - 1) + ", got " + color + ", " + style + ", " + object + ", " + layout);
            }
        }
    }

    /**
     * The paper's cells (figure 7): color and style in the moderate layers at t >= 600, the object in the coarse ones at
     * 200 <= t < 800, the layout in the coarse ones at t >= 800.
     *
     * @param layers of the U-Net that read text
     * @throws IllegalArgumentException if they cannot be grouped by depth ({@link LayerGroups})
     */
    public static MatteCells byDepth(List<AttentionLayer> layers) {
        CellTable table = new CellTable(LayerGroups.byDepth(layers), BORDERS);
        List<Integer> early = List.of(cell(table, 2, LayerGroups.MODERATE), cell(table, 3, LayerGroups.MODERATE));
        List<Integer> object = List.of(cell(table, 1, LayerGroups.COARSE), cell(table, 2, LayerGroups.COARSE));
        return new MatteCells(table, early, early, object, List.of(cell(table, 3, LayerGroups.COARSE)));
    }

    private static int cell(CellTable table, int stage, int group) {
        return stage * table.groupCount() + group;
    }

    /**
     * A table of the user's: {@code {"table": {"groups": [0, 1, 1], "borders": [500]}, "color": [3], "style": [3],
     * "object": [0, 2], "layout": [2]}}; a cell's number is {@code stage * groups + group}, stages are counted from t = 0.
     *
     * @throws CheckpointException if it is none
     */
    public static MatteCells parse(String origin, String json) {
        Config config = Config.parse(origin, json);
        config.rejectUnknown(KEYS);
        try {
            return new MatteCells(
                    CellTable.parse(origin, config.object("table").json().toString()),
                    config.integers("color"),
                    config.integers("style"),
                    config.integers("object"),
                    config.integers("layout"));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(origin + ": " + e.getMessage(), e);
        }
    }

    /** As {@link #parse} reads it. */
    public String json() {
        return Config.of(Map.of(
                        "table", Map.of("groups", table.groups(), "borders", table.borders()),
                        "color", color,
                        "style", style,
                        "object", object,
                        "layout", layout))
                .json()
                .toString();
    }

    /** The cells of all four words. */
    List<List<Integer>> all() {
        return List.of(color, style, object, layout);
    }

    /** The stages in which any word is read. */
    List<Integer> stages() {
        List<Integer> stages = new ArrayList<>();
        for (int stage = 0; stage < table.stageCount(); stage++) {
            int own = stage;
            if (all().stream().anyMatch(cells -> cells.stream().anyMatch(cell -> cell / table.groupCount() == own))) {
                stages.add(stage);
            }
        }
        return stages;
    }
}
