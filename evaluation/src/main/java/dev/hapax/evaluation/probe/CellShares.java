package dev.hapax.evaluation.probe;

import dev.hapax.method.matte.MatteCells;
import dev.hapax.text.CellTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How often each attribute of an image followed each cell.
 *
 * @param table divides layers and timesteps
 * @param cells for each attribute and cell, the share of images that showed what this cell alone was told, less the share
 *     that showed it without being told
 * @param everywhere for each attribute, the same where all cells were told: the most that can be expected
 * @param images how many there were for each attribute and cell
 */
public record CellShares(
        CellTable table,
        Map<ProbedAttribute, List<Double>> cells,
        Map<ProbedAttribute, Double> everywhere,
        int images) {
    private static final double ENOUGH = 0.5; // of the strongest cell's share, to belong to an attribute; our choice

    /** Copies the maps and checks that there is a share for each cell. */
    public CellShares {
        Map<ProbedAttribute, List<Double>> copy = new EnumMap<>(ProbedAttribute.class);
        cells.forEach((attribute, shares) -> {
            if (shares.size() != table.cells()) {
                throw new IllegalArgumentException(
                        "a table of " + table.cells() + " cells needs as many shares, got " + shares.size());
            }
            copy.put(attribute, List.copyOf(shares));
        });
        cells = Collections.unmodifiableMap(copy);
        Map<ProbedAttribute, Double> most = new EnumMap<>(ProbedAttribute.class);
        most.putAll(everywhere);
        everywhere = Collections.unmodifiableMap(most);
    }

    /** The shares of an attribute, those below 0 as 0. */
    private List<Double> of(ProbedAttribute attribute) {
        return Objects.requireNonNull(cells.get(attribute)).stream()
                .map(share -> Math.max(0, share))
                .toList();
    }

    /**
     * Cells for MATTE's words: of each attribute those whose share is at least half that of its strongest cell.
     *
     * @throws IllegalStateException if an attribute follows no cell at all
     */
    public MatteCells proposal() {
        return new MatteCells(
                table,
                strongest(ProbedAttribute.COLOR),
                strongest(ProbedAttribute.STYLE),
                strongest(ProbedAttribute.OBJECT),
                strongest(ProbedAttribute.LAYOUT));
    }

    private List<Integer> strongest(ProbedAttribute attribute) {
        List<Double> shares = of(attribute);
        double most = Collections.max(shares);
        if (most <= 0) {
            throw new IllegalStateException("the " + attribute + " of the images followed no single cell, so there is"
                    + " no table to propose; probe more scenes, or a table with larger cells");
        }
        List<Integer> chosen = new ArrayList<>();
        for (int cell = 0; cell < shares.size(); cell++) {
            if (shares.get(cell) >= ENOUGH * most) {
                chosen.add(cell);
            }
        }
        return chosen;
    }

    /**
     * How well a table of words separates the four attributes on this model, from -1 to 1: the part of an attribute's
     * shares that lies in its word's cells, less the mean part of the other three's shares that lies there too; the mean
     * over the four. Words that share all cells separate by 0.
     *
     * @param words of this object's table
     */
    public double separation(MatteCells words) {
        if (!words.table().equals(table)) {
            throw new IllegalArgumentException("the words have another table of cells, "
                    + words.table().json() + ", than was probed, " + table.json());
        }
        Map<ProbedAttribute, List<Integer>> own = new EnumMap<>(ProbedAttribute.class);
        own.put(ProbedAttribute.COLOR, words.color());
        own.put(ProbedAttribute.STYLE, words.style());
        own.put(ProbedAttribute.OBJECT, words.object());
        own.put(ProbedAttribute.LAYOUT, words.layout());
        double sum = 0;
        for (Map.Entry<ProbedAttribute, List<Integer>> word : own.entrySet()) {
            double leak = 0;
            for (ProbedAttribute other : own.keySet()) {
                leak += other == word.getKey() ? 0 : part(other, word.getValue());
            }
            sum += part(word.getKey(), word.getValue()) - leak / (own.size() - 1);
        }
        return sum / own.size();
    }

    /** The part of an attribute's shares that lies in these cells; 0 if it follows none. */
    private double part(ProbedAttribute attribute, List<Integer> chosen) {
        List<Double> shares = of(attribute);
        double all = shares.stream().mapToDouble(Double::doubleValue).sum();
        return all == 0 ? 0 : chosen.stream().mapToDouble(shares::get).sum() / all;
    }
}
