package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.statistics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Interval FIGURE = new Interval(0.5, 0.4, 0.6, 10);

    @Test
    void namesTellThingsApart() {
        Measure measure = new Measure("made up", "", Better.HIGHER, 2);
        Row row = new Row("a", Map.of());
        assertMessage(
                "two rows of table t are called a", () -> new Table("t", "", "", List.of(measure), List.of(row, row)));
        assertMessage(
                "two measures of table t are called made up",
                () -> new Table("t", "", "", List.of(measure, measure), List.of()));
        assertMessage(
                "row a of table t has the measure other",
                () -> new Table("t", "", "", List.of(measure), List.of(new Row("a", Map.of("other", FIGURE)))));
        Table table = new Table("t", "", "", List.of(measure), List.of(row));
        assertMessage(
                "two tables are called t",
                () -> new Report("", "", List.of(), List.of(table, table), List.of(), Map.of()));
        assertMessage("0 to 9 decimals, got -1", () -> new Measure("made up", "", Better.HIGHER, -1));
    }

    private static void assertMessage(String part, Runnable mistake) {
        String message =
                assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void theBestDependsOnTheMeasure() {
        List<Interval> values = List.of(FIGURE, new Interval(0.7, 0.6, 0.8, 10));
        assertEquals(Optional.of(0.7), Better.HIGHER.best(values));
        assertEquals(Optional.of(0.5), Better.LOWER.best(values));
        assertEquals(Optional.empty(), Better.NEITHER.best(values));
        assertEquals(Optional.empty(), Better.HIGHER.best(List.of(FIGURE)));
    }

    @Test
    void zeroHasNoSign() {
        assertEquals("0.00", Measure.decimals(-0.001, 2));
        assertEquals("-0.01", Measure.decimals(-0.009, 2));
        assertEquals("0", Measure.decimals(-0.4, 0));
    }
}
