package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The claims, tables and the run of a report as Markdown, to be committed. */
record ReportMarkdown(Report report) {

    String text() {
        StringBuilder text = new StringBuilder("# " + escaped(report.title()) + "\n");
        paragraph(text, report.lead());
        if (!report.claims().isEmpty()) {
            text.append("\n## Claims\n\n");
            line(text, List.of("claim", "source", "difference", "95 % interval", "n", "verdict"));
            line(text, List.of("---", "---", "---:", "---:", "---:", "---"));
            report.claims().forEach(claim -> line(text, cells(claim)));
        }
        for (Table table : report.tables()) {
            text.append("\n## ").append(escaped(table.name())).append('\n');
            paragraph(text, table.text());
            text.append('\n');
            table(text, table);
        }
        text.append("\n## What was run\n\n");
        line(text, List.of("", ""));
        line(text, List.of("---", "---"));
        report.run().forEach((key, value) -> line(text, List.of(escaped(key), escaped(value))));
        return text.toString();
    }

    private static List<String> cells(Claim claim) {
        Interval difference = claim.difference();
        int decimals = SignificantDecimals.of(difference);
        return List.of(
                escaped(claim.name()),
                escaped(claim.source()),
                Measure.decimals(difference.mean(), decimals),
                Measure.decimals(difference.low(), decimals) + " to " + Measure.decimals(difference.high(), decimals),
                String.valueOf(difference.n()),
                claim.verdict().words());
    }

    private static void table(StringBuilder text, Table table) {
        List<String> heading = new ArrayList<>(List.of(escaped(table.rowHeading())));
        List<String> rule = new ArrayList<>(List.of("---"));
        for (Measure measure : table.measures()) {
            heading.add(escaped(measure.heading()));
            rule.add("---:");
        }
        line(text, heading);
        line(text, rule);
        for (Row row : table.rows()) {
            List<String> cells = new ArrayList<>(List.of(escaped(row.name())));
            for (Measure measure : table.measures()) {
                cells.add(
                        row.figure(measure).map(figure -> cell(measure, figure)).orElse(""));
            }
            line(text, cells);
        }
        text.append('\n');
        for (Measure measure : table.measures()) {
            text.append("- ")
                    .append(escaped(measure.name()))
                    .append(": ")
                    .append(escaped(measure.meaning()))
                    .append('\n');
        }
        String numbers = table.measures().stream()
                .flatMap(measure -> table.column(measure).stream())
                .map(Interval::n)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        text.append("- Means with their 95 % intervals, of ").append(numbers).append(" independent units.\n");
    }

    private static String cell(Measure measure, Interval figure) {
        return Optional.of(measure.ends(figure))
                .filter(ends -> !ends.isEmpty())
                .map(ends -> measure.mean(figure) + " (" + ends + ")")
                .orElse(measure.mean(figure));
    }

    private static void paragraph(StringBuilder text, String paragraph) {
        if (!paragraph.isBlank()) {
            text.append('\n').append(escaped(paragraph)).append('\n');
        }
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** In one line, and nothing of it taken for markup. */
    static String escaped(String text) {
        return text.strip()
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("[\\\\`*_\\[\\]|#~]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
