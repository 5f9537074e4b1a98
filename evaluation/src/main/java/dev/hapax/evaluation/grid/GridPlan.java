package dev.hapax.evaluation.grid;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a run would do.
 *
 * @param cells how many results the grid has
 * @param cached how many of them are there already
 * @param missing how much work of each kind is to be done, cells and products
 * @param seconds the estimate: for each kind the median time of its last pieces in this folder, divided by the workers;
 *     empty if a kind was never timed here
 */
public record GridPlan(int cells, int cached, Map<String, Integer> missing, OptionalDouble seconds) {
    /** Keeps a copy of the map. */
    public GridPlan {
        missing = Map.copyOf(missing);
    }

    /** For people, in one line. */
    public String text() {
        String counts = cells + " cells, " + cached + " of them cached";
        if (missing.isEmpty()) {
            return counts + "; nothing to do";
        }
        String work = missing.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(kind -> kind.getValue() + " x " + kind.getKey())
                .collect(Collectors.joining(", "));
        String time = seconds.isPresent()
                ? "about " + Duration.text(seconds.getAsDouble())
                : "no estimate, because some of this was never done in this folder";
        return counts + "; to do: " + work + "; " + time;
    }
}
