package dev.hapax.evaluation.probe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.text.CellTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what a {@link CellProbe} found, for people and for programs. */
public final class CellReport {
    private CellReport() {}

    /** A table for each attribute in Markdown: stages down from noise to clean, groups of layers across. */
    public static String markdown(CellShares shares) {
        CellTable table = shares.table();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<ProbedAttribute, List<Double>> row : shares.cells().entrySet()) {
            text.append("### ").append(row.getKey()).append("\n\n| t |");
            for (int group = 0; group < table.groupCount(); group++) {
                text.append(" group ").append(group).append(" |");
            }
            text.append("\n|---|").append("---|".repeat(table.groupCount())).append('\n');
            for (int stage = table.stageCount() - 1; stage >= 0; stage--) {
                text.append("| from ").append(table.begin(stage)).append(" |");
                for (int group = 0; group < table.groupCount(); group++) {
                    text.append(' ')
                            .append(percent(row.getValue().get(stage * table.groupCount() + group)))
                            .append(" |");
                }
                text.append('\n');
            }
            text.append("\nAll cells: ")
                    .append(percent(shares.everywhere().getOrDefault(row.getKey(), 0.0)))
                    .append("; ")
                    .append(shares.images())
                    .append(" images for each cell.\n\n");
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** The same as JSON. */
    public static String json(CellShares shares) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("table", shares.table().json());
        node.put("images", shares.images());
        ObjectNode cells = node.putObject("cells");
        shares.cells().forEach((attribute, values) -> values.forEach(cells.withArray(attribute.toString())::add));
        ObjectNode everywhere = node.putObject("everywhere");
        shares.everywhere().forEach((attribute, value) -> everywhere.put(attribute.toString(), value));
        return node.toPrettyString() + "\n";
    }
}
