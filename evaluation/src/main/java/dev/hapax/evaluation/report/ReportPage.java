package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page that needs nothing beside itself.
 *
 * @param report the figures
 * @param sheets pictures, after the figures
 */
record ReportPage(Report report, List<Sheet> sheets) {

    String html() {
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of("h1", Html.text(report.title())));
        if (!report.lead().isBlank()) {
            parts.add(Html.of("p", "lead", Html.text(report.lead())));
        }
        if (!report.claims().isEmpty()) {
            parts.add(claims());
        }
        for (int i = 0; i < report.tables().size(); i++) {
            parts.add(new TableSection(report.tables().get(i)).html("t" + i));
        }
        for (int i = 0; i < report.curves().size(); i++) {
            parts.add(new CurveSection(report.curves().get(i)).html("l" + i));
        }
        sheets.forEach(sheet -> parts.add(new SheetSection(sheet).html()));
        parts.add(run());
        Html head = Html.all(
                Html.empty("meta", List.of("charset", "utf-8")),
                Html.empty("meta", List.of("name", "viewport", "content", "width=device-width, initial-scale=1")),
                Html.of("title", Html.text(report.title())),
                Html.of("style", resource("report.css")));
        Html body = Html.of("body", Html.of("main", Html.all(parts)), Html.of("script", resource("report.js")));
        return "<!doctype html>\n"
                + Html.with("html", List.of("lang", "en"), Html.of("head", head), body)
                        .code() + "\n";
    }

    private Html claims() {
        List<Html> lines = new ArrayList<>();
        report.claims().forEach(claim -> lines.add(line(claim)));
        Html heading = Html.of(
                "tr",
                Html.of("th", Html.text("verdict")),
                Html.of("th", Html.text("claim")),
                Html.of("th", "number", Html.text("difference")));
        return Html.of(
                "section",
                Html.of("h2", Html.text("Claims")),
                Html.of("p", Html.text(summary())),
                Html.of(
                        "div",
                        "scroll",
                        Html.of("table", "claims", Html.of("thead", heading), Html.of("tbody", Html.all(lines)))),
                Html.of(
                        "p",
                        "note",
                        Html.text("A claim holds if the 95 % interval of the difference lies above 0, and does not hold"
                                + " if it lies below. With fewer than " + Verdict.FEWEST
                                + " independent units (n) it stays undecided.")));
    }

    private static Html line(Claim claim) {
        Interval difference = claim.difference();
        int decimals = SignificantDecimals.of(difference);
        String verdict = claim.verdict().words();
        return Html.of(
                "tr",
                Html.of("td", Html.of("span", "verdict " + verdict.replace(' ', '-'), Html.text(verdict))),
                Html.of("td", "claim", Html.text(claim.name()), Html.of("small", Html.text(claim.source()))),
                Html.of(
                        "td",
                        "number",
                        Html.text(signed(difference.mean(), decimals)),
                        Html.of(
                                "small",
                                Html.text(signed(difference.low(), decimals) + " to "
                                        + signed(difference.high(), decimals) + ", n = " + difference.n()))));
    }

    private static String signed(double value, int decimals) {
        return (value > 0 ? "+" : "") + Measure.decimals(value, decimals).replace('-', '−');
    }

    private String summary() {
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = report.claims().stream()
                    .filter(claim -> claim.verdict() == verdict)
                    .count();
            if (count > 0) {
                counts.add(count + " "
                        + (count == 1
                                ? verdict.words()
                                : verdict.words().replace("holds", "hold").replace("does", "do")));
            }
        }
        int all = report.claims().size();
        return String.format(Locale.ROOT, "Of %d claim%s: %s.", all, all == 1 ? "" : "s", String.join(", ", counts));
    }

    private Html run() {
        List<Html> lines = new ArrayList<>();
        report.run()
                .forEach((key, value) ->
                        lines.add(Html.all(Html.of("dt", Html.text(key)), Html.of("dd", Html.text(value)))));
        return Html.of("footer", Html.of("h2", Html.text("What was run")), Html.of("dl", Html.all(lines)));
    }

    private static Html resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return new Html("\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
