package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportComparisonTest {
    private static final Measure MADE_UP = new Measure("made up", "", Better.HIGHER, 2);
    private static final Interval SAME = new Interval(0.5, 0.4, 0.6, 10);

    @Test
    void aReportDoesNotDifferFromItself() {
        ReportComparison none = ReportComparison.of(MadeUp.report(1), MadeUp.report(1));
        assertEquals(new ReportComparison(List.of(), List.of(), 26), none);
        assertEquals("Figures: 0 differ, 26 are the same.\n", none.text());
    }

    @Test
    void namesEveryDifference() {
        Interval little = new Interval(0.51, 0.4, 0.6, 10);
        Interval far = new Interval(0.9, 0.8, 0.95, 12);
        Report first = report(Map.of("same", SAME, "little", SAME, "far", SAME, "gone", SAME), SAME, "1");
        Report second = report(Map.of("same", SAME, "little", little, "far", far, "new", SAME), far, "2");
        ReportComparison comparison = ReportComparison.of(first, second);
        assertEquals(1, comparison.equal());
        assertEquals(List.of("seed: 1 | 2"), comparison.run());
        List<String> lines = comparison.figures().stream()
                .map(FigureDifference::text)
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "claim one > all: 0.50 (0.40 to 0.60, n = 10) | 0.90 (0.80 to 0.95, n = 12) | the intervals are apart",
                        "words / far / made up: 0.50 (0.40 to 0.60, n = 10) | 0.90 (0.80 to 0.95, n = 12) | the intervals are apart",
                        "words / gone / made up: 0.50 (0.40 to 0.60, n = 10) | not there",
                        "words / little / made up: 0.50 (0.40 to 0.60, n = 10) | 0.51 (0.40 to 0.60, n = 10)",
                        "words / new / made up: not there | 0.50 (0.40 to 0.60, n = 10)"),
                lines);
        assertTrue(
                comparison.text().startsWith("What was run:\n  seed: 1 | 2\nFigures: 5 differ, 1 are the same, 2 have"),
                comparison.text());
    }

    @Test
    void showsAsManyDecimalsAsTheDifferenceNeeds() {
        Interval first = new Interval(0.5, 0.49995, 0.50005, 10);
        Interval second = new Interval(0.50001, 0.49996, 0.50006, 10);
        String text = new FigureDifference("x", java.util.Optional.of(first), java.util.Optional.of(second)).text();
        assertEquals("x: 0.500000 (0.499950 to 0.500050, n = 10) | 0.500010 (0.499960 to 0.500060, n = 10)", text);
    }

    private static Report report(Map<String, Interval> rows, Interval claim, String seed) {
        Table table = new Table(
                "words",
                "",
                "word",
                List.of(MADE_UP),
                rows.entrySet().stream()
                        .map(row -> new Row(row.getKey(), Map.of("made up", row.getValue())))
                        .toList());
        return new Report(
                "made up",
                "",
                List.of(new Claim("one > all", "made up", claim)),
                List.of(table),
                List.of(),
                Map.of("seed", seed));
    }
}
