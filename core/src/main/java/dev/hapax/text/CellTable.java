package dev.hapax.text;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Divides all {@linkplain Site sites} into cells: layers into groups, timesteps into stages. Layers are grouped by their
 * number in execution order, never by resolution: in MATTE the border between two groups runs through one resolution.
 *
 * @param groups for each cross-attention layer, the number of its group, from 0; empty for one group of however many
 *     layers
 * @param borders the first timestep of every stage but the lowest, ascending; empty for one stage
 */
public record CellTable(List<Integer> groups, List<Integer> borders) {
    /** One cell: the same everywhere, as in Textual Inversion. */
    public static final CellTable ONE = new CellTable(List.of(), List.of());

    private static final int TIMESTEPS = 1000; // of every released Stable Diffusion
    private static final String GROUPS = "groups";
    private static final String BORDERS = "borders";

    /** Checks that groups are counted without a gap and stages ascend. */
    public CellTable {
        groups = List.copyOf(groups);
        borders = List.copyOf(borders);
        Set<Integer> used = new TreeSet<>(groups);
        for (int i = 0; i < used.size(); i++) {
            if (!used.contains(i)) {
                throw new IllegalArgumentException(
                        "groups of layers are numbered from 0 without a gap, got " + groups + ", which lacks " + i);
            }
        }
        for (int i = 0; i < borders.size(); i++) {
            if (borders.get(i) <= (i == 0 ? 0 : borders.get(i - 1))) {
                throw new IllegalArgumentException(
                        "stages begin at ascending timesteps above 0, the lowest at 0 by itself; got " + borders);
            }
        }
    }

    /** A cell for each layer: P+ (Voynov et al. 2023), 16 for Stable Diffusion 1.x and 2.x. */
    public static CellTable perLayer(int layers) {
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            groups.add(i);
        }
        return new CellTable(groups, List.of());
    }

    /** Stages of one length: ProSpect (Zhang et al. 2023) has 10, of 100 timesteps each. */
    public static CellTable stages(int count) {
        List<Integer> borders = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            borders.add(i * TIMESTEPS / count);
        }
        return new CellTable(List.of(), borders);
    }

    /** Whether there is one cell alone. */
    public boolean isOne() {
        return cells() == 1;
    }

    /** How many groups of layers there are, at least 1. */
    public int groupCount() {
        return groups.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    }

    /** How many stages there are, at least 1. */
    public int stageCount() {
        return borders.size() + 1;
    }

    /** How many cells there are. */
    public int cells() {
        return groupCount() * stageCount();
    }

    /** The group of a layer. */
    public int group(int layer) {
        if (groups.isEmpty()) {
            return 0;
        }
        requireLayers("this text", layer + 1, layer < groups.size());
        return groups.get(layer);
    }

    /** The stage of a timestep, from 0 for the cleanest: how many borders it has reached. */
    public int stage(double timestep) {
        int stage = 0;
        while (stage < borders.size() && timestep >= borders.get(stage)) {
            stage++;
        }
        return stage;
    }

    /** The cell of a site: {@code stage * groups + group}. */
    public int cell(Site site) {
        return stage(site.timestep()) * groupCount() + group(site.layer());
    }

    /** The first timestep of a stage. */
    public int begin(int stage) {
        return stage == 0 ? 0 : borders.get(stage - 1);
    }

    /** A site of a cell: the first layer of its group, the first timestep of its stage. */
    public Site site(int cell) {
        int layer = groups.isEmpty() ? 0 : groups.indexOf(cell % groupCount());
        return new Site(layer, begin(cell / groupCount()));
    }

    /** The coarsest table that keeps apart what either of the two keeps apart. */
    public CellTable and(CellTable other) {
        if (other.groups.isEmpty() && other.borders.isEmpty()) {
            return this;
        }
        Set<Integer> both = new TreeSet<>(borders);
        both.addAll(other.borders);
        if (groups.isEmpty() || other.groups.isEmpty()) {
            return new CellTable(groups.isEmpty() ? other.groups : groups, List.copyOf(both));
        }
        other.requireLayers("one table", groups.size(), groups.size() == other.groups.size());
        Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
        List<Integer> joined = new ArrayList<>();
        for (int layer = 0; layer < groups.size(); layer++) {
            List<Integer> pair = List.of(groups.get(layer), other.groups.get(layer));
            numbers.putIfAbsent(pair, numbers.size());
            joined.add(numbers.get(pair));
        }
        return new CellTable(joined, List.copyOf(both));
    }

    /**
     * Checks that the table fits a model.
     *
     * @param what has it, for the message
     * @throws IllegalArgumentException if it is for another number of layers
     */
    public void requireLayers(String what, int layers) {
        requireLayers(what, layers, groups.isEmpty() || groups.size() == layers);
    }

    private void requireLayers(String what, int layers, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is divided among " + groups.size()
                    + " layers that read text, here there are " + layers + "; use it with the kind of model that it was"
                    + " learned with, or give a table of cells for this one");
        }
    }

    /** As files hold it: {@code {"groups": [0, 0, 1], "borders": [200, 600]}}. */
    public String json() {
        return Config.of(Map.of(GROUPS, groups, BORDERS, borders)).json().toString();
    }

    /**
     * Reads {@link #json()}.
     *
     * @param origin what messages call it
     * @throws CheckpointException if it is no such table
     */
    public static CellTable parse(String origin, String json) {
        return of(Config.parse(origin, json));
    }

    static CellTable of(Config config) {
        config.rejectUnknown(Set.of(GROUPS, BORDERS));
        try {
            return new CellTable(
                    config.has(GROUPS) ? config.integers(GROUPS) : List.of(),
                    config.has(BORDERS) ? config.integers(BORDERS) : List.of());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }
}
