package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table that is sorted by a click on a heading, what its columns mean, and a chart of each. */
record TableSection(Table table) {

    Html html(String id) {
        return Html.of(
                "section",
                Html.of("h2", Html.text(table.name())),
                table.text().isBlank() ? Html.NOTHING : Html.of("p", Html.text(table.text())),
                Html.of("div", "scroll", Html.of("table", "sortable", heading(), body())),
                Html.of("p", "note", Html.text(note())),
                meanings(),
                charts(id));
    }

    private Html heading() {
        List<Html> cells = new ArrayList<>();
        cells.add(column(table.rowHeading(), ""));
        table.measures()
                .forEach(measure -> cells.add(
                        column(measure.heading(), measure.better() == Better.LOWER ? "number" : "number higher")));
        return Html.of("thead", Html.of("tr", Html.all(cells)));
    }

    private static Html column(String name, String style) {
        Html button = Html.with("button", List.of("type", "button"), Html.text(name));
        return style.isEmpty() ? Html.of("th", button) : Html.of("th", style, button);
    }

    private Html body() {
        List<Html> lines = new ArrayList<>();
        int usual = usualNumber();
        for (Row row : table.rows()) {
            List<Html> cells = new ArrayList<>();
            cells.add(Html.with("th", List.of("scope", "row"), Html.text(row.name())));
            for (Measure measure : table.measures()) {
                Optional<Interval> figure = row.figure(measure);
                cells.add(figure.map(value -> cell(measure, value, usual))
                        .orElse(Html.of("td", "number none", Html.text("–"))));
            }
            lines.add(Html.of("tr", Html.all(cells)));
        }
        return Html.of("tbody", Html.all(lines));
    }

    private Html cell(Measure measure, Interval figure, int usual) {
        boolean best = measure.better()
                .best(table.column(measure))
                .filter(mean -> mean == figure.mean())
                .isPresent();
        List<String> small = new ArrayList<>();
        if (figure.n() > 1) {
            small.add(measure.ends(figure));
        }
        if (figure.n() != usual) {
            small.add("n = " + figure.n());
        }
        return Html.with(
                "td",
                List.of("class", best ? "number best" : "number", "data-value", Double.toString(figure.mean())),
                Html.text(measure.mean(figure)),
                Html.of("small", Html.text(String.join(", ", small))));
    }

    private int usualNumber() {
        Map<Integer, Long> counts = table.measures().stream()
                .flatMap(measure -> table.column(measure).stream())
                .collect(Collectors.groupingBy(Interval::n, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private String note() {
        return "Means with their 95 % intervals, n = " + usualNumber()
                + " independent units where nothing else is said. Colored: the best mean of a column.";
    }

    private Html meanings() {
        List<Html> lines = new ArrayList<>();
        for (Measure measure : table.measures()) {
            String direction = measure.better() == Better.NEITHER
                    ? ""
                    : " (" + measure.better().words() + ")";
            lines.add(Html.of("dt", Html.text(measure.name())));
            lines.add(Html.of("dd", Html.text(measure.meaning() + direction)));
        }
        return Html.of("dl", "meanings", Html.all(lines));
    }

    private Html charts(String id) {
        List<Html> charts = new ArrayList<>();
        for (int i = 0; i < table.measures().size(); i++) {
            Measure measure = table.measures().get(i);
            if (table.column(measure).size() > 1) {
                charts.add(Html.of(
                        "figure",
                        Html.of("figcaption", "title", Html.text(measure.heading())),
                        new IntervalChart(table, measure).svg(id + "m" + i)));
            }
        }
        return charts.isEmpty() ? Html.NOTHING : Html.of("div", "charts", Html.all(charts));
    }
}
