package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where two reports differ.
 *
 * @param figures of tables and claims that differ in any digit, or are in one report only
 * @param run entries of "what was run" that differ, as lines
 * @param equal how many figures are the same in both
 */
public record ReportComparison(List<FigureDifference> figures, List<String> run, int equal) {
    /** Keeps copies. */
    public ReportComparison {
        figures = List.copyOf(figures);
        run = List.copyOf(run);
    }

    /** Compares two reports, figure by figure. */
    public static ReportComparison of(Report first, Report second) {
        Map<String, Interval> a = figures(first);
        Map<String, Interval> b = figures(second);
        List<FigureDifference> figures = new ArrayList<>();
        for (String name : union(a, b)) {
            if (!Objects.equals(a.get(name), b.get(name))) {
                figures.add(
                        new FigureDifference(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name))));
            }
        }
        List<String> run = new ArrayList<>();
        for (String key : union(first.run(), second.run())) {
            String one = first.run().getOrDefault(key, "not there");
            String two = second.run().getOrDefault(key, "not there");
            if (!one.equals(two)) {
                run.add(key + ": " + one + " | " + two);
            }
        }
        return new ReportComparison(figures, run, union(a, b).size() - figures.size());
    }

    /** For people: a line for each difference, the first report's value before the second's. */
    public String text() {
        List<String> lines = new ArrayList<>();
        if (!run.isEmpty()) {
            lines.add("What was run:");
            run.forEach(line -> lines.add("  " + line));
        }
        lines.add("Figures: " + figures.size() + " differ, " + equal + " are the same"
                + (figures.isEmpty()
                        ? "."
                        : ", "
                                + figures.stream()
                                        .filter(FigureDifference::apart)
                                        .count() + " have intervals apart:"));
        figures.forEach(figure -> lines.add("  " + figure.text()));
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, Interval> figures(Report report) {
        Map<String, Interval> figures = new LinkedHashMap<>();
        for (Claim claim : report.claims()) {
            figures.put("claim " + claim.name(), claim.difference());
        }
        for (Table table : report.tables()) {
            for (Row row : table.rows()) {
                row.figures()
                        .forEach((measure, figure) ->
                                figures.put(table.name() + " / " + row.name() + " / " + measure, figure));
            }
        }
        return figures;
    }

    private static Set<String> union(Map<String, ?> first, Map<String, ?> second) {
        Set<String> keys = new LinkedHashSet<>(first.keySet());
        keys.addAll(second.keySet());
        return keys;
    }
}
