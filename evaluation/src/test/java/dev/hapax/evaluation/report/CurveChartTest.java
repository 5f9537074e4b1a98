package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveChartTest {

    @Test
    void eachCurveHasItsColorAndFewPointsAreMarked() throws Exception {
        String svg = new CurveChart(curves(8, 5)).svg("c").code();
        for (int i = 1; i <= 8; i++) {
            assertTrue(svg.contains("var(--c" + i + ")"), "color " + i);
        }
        assertEquals(
                40, ReportPageTest.all(ReportPageTest.parsed(svg), "circle").size());
        assertEquals(
                0,
                ReportPageTest.all(
                                ReportPageTest.parsed(
                                        new CurveChart(curves(1, 500)).svg("c").code()),
                                "circle")
                        .size());
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertThrows(IllegalArgumentException.class, () -> curves(9, 2));
        assertThrows(IllegalArgumentException.class, () -> curves(0, 2));
        assertThrows(IllegalArgumentException.class, () -> curves(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Curves.Point(0, Double.NaN));
    }

    private static Curves curves(int series, int points) {
        List<Curves.Series> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            int slope = i;
            all.add(new Curves.Series(
                    "made up " + i,
                    IntStream.range(0, points)
                            .mapToObj(x -> new Curves.Point(x, slope * x))
                            .toList()));
        }
        return new Curves("made up", "", "x", "y", all);
    }
}
