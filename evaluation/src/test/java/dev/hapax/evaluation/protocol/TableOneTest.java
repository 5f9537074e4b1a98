package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableOneTest {
    private static Interval value(double mean) {
        return new Interval(mean, mean, mean, 1);
    }

    private static Table table(String name, Figure second, double first, double other) {
        Measure text = Figure.TEXT.measure();
        Measure more = second.measure();
        return new Table(
                name,
                "",
                "words learned by",
                List.of(text, more),
                List.of(
                        new Row("TI", Map.of(text.name(), value(first), more.name(), value(other))),
                        new Row("CD", Map.of(text.name(), value(first + 1)))));
    }

    @Test
    void standsTheTwoPartsSideBySide() {
        Table one = TableOne.of(
                List.of(table(Compositions.ONE, Figure.COI_READER, 1, 2), table(Compositions.TWO, Figure.WHOLE, 3, 4)));
        assertEquals(
                List.of(
                        "ordinary: text alignment",
                        "ordinary: CoI (reader)",
                        "two learned: text alignment",
                        "two learned: image alignment, whole"),
                one.measures().stream().map(Measure::name).toList());
        assertEquals(
                Map.of(
                        "ordinary: text alignment", value(1),
                        "ordinary: CoI (reader)", value(2),
                        "two learned: text alignment", value(3),
                        "two learned: image alignment, whole", value(4)),
                one.rows().get(0).figures());
        assertEquals(2, one.rows().get(1).figures().size(), "what was not measured is left out");
    }

    @Test
    void bothPartsMustBeThere() {
        List<Table> half = List.of(table(Compositions.ONE, Figure.WHOLE, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> TableOne.of(half));
    }
}
