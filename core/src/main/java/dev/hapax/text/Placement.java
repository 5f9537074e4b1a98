package dev.hapax.text;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where and when a word may be read: in MATTE (Agarwal et al. 2025, figure 7) each attribute's word has its own cells.
 *
 * @param table divides the sites
 * @param cells those of the word; at least one
 * @param outside what stands in its place in the others
 * @param noun the ordinary noun for {@link Outside#NOUN}; empty for none
 * @param phrases how prompts lead over to the word without brackets, each with <code>{}</code> for it, for example
 *     <code>in {} style</code>
 */
public record Placement(CellTable table, List<Integer> cells, Outside outside, String noun, List<String> phrases) {
    private static final Set<String> KEYS = Set.of("table", "cells", "outside", "noun", "phrases");

    /** Checks that the cells are in the table. */
    public Placement {
        cells = List.copyOf(cells);
        phrases = List.copyOf(phrases);
        if (cells.isEmpty() || cells.stream().anyMatch(cell -> cell < 0 || cell >= table.cells())) {
            throw new IllegalArgumentException(
                    "a word needs at least one of the cells 0 to " + (table.cells() - 1) + " to act in, got " + cells);
        }
        phrases.stream().filter(phrase -> !phrase.contains("{}")).findFirst().ifPresent(phrase -> {
            throw new IllegalArgumentException("the phrase \"" + phrase + "\" has no {} for the word");
        });
    }

    /** Whether the word may be read there. */
    public boolean acts(Site site) {
        return cells.contains(table.cell(site));
    }

    /** Whether it acts in any layer at a timestep. */
    public boolean actsAt(double timestep) {
        int stage = table.stage(timestep);
        return cells.stream().anyMatch(cell -> cell / table.groupCount() == stage);
    }

    /** The first timestep at which it acts in any layer. */
    public int lowest() {
        return cells.stream()
                .mapToInt(cell -> table.begin(cell / table.groupCount()))
                .min()
                .orElse(0);
    }

    /** The same with something else in its place outside its cells. */
    public Placement outside(Outside policy) {
        return new Placement(table, cells, policy, noun, phrases);
    }

    /** As files hold it. */
    public String json() {
        return Config.of(Map.of(
                        "table", Map.of("groups", table.groups(), "borders", table.borders()),
                        "cells", cells,
                        "outside", outside.name().toLowerCase(Locale.ROOT),
                        "noun", noun,
                        "phrases", phrases))
                .json()
                .toString();
    }

    /**
     * Reads {@link #json()}.
     *
     * @param origin what messages call it
     * @throws CheckpointException if it is no placement
     */
    public static Placement parse(String origin, String json) {
        Config config = Config.parse(origin, json);
        config.rejectUnknown(KEYS);
        try {
            return new Placement(
                    CellTable.of(config.object("table")),
                    config.integers("cells"),
                    outside(config.text("outside")),
                    config.text("noun", ""),
                    config.has("phrases") ? new ArrayList<>(config.texts("phrases")) : List.of());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(origin + ": " + e.getMessage(), e);
        }
    }

    private static Outside outside(String name) {
        for (Outside policy : Outside.values()) {
            if (policy.name().equalsIgnoreCase(name)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("outside is \"" + name + "\"; there are "
                + List.of(Outside.values()).toString().toLowerCase(Locale.ROOT));
    }
}
