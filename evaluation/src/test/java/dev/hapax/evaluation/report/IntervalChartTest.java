package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.statistics.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class IntervalChartTest {
    private static final Measure MADE_UP = new Measure("made up", "", Better.HIGHER, 2);

    @Test
    void dotsAndWhiskersStandWhereTheirNumbersAre() throws Exception {
        Document chart = chart(
                new Row("low", Map.of("made up", new Interval(0.2, 0.1, 0.4, 9))),
                new Row("not measured", Map.of()),
                new Row("high", Map.of("made up", new Interval(0.6, 0.5, 0.9, 9))));
        List<Element> dots = ReportPageTest.all(chart, "circle");
        assertEquals(2, dots.size());
        double low = number(dots.get(0), "cx");
        double high = number(dots.get(1), "cx");
        double unit = (high - low) / 0.4;
        List<double[]> whiskers = ReportPageTest.all(chart, "line").stream()
                .filter(line -> line.getAttribute("y1").equals(line.getAttribute("y2")))
                .map(line -> new double[] {number(line, "x1"), number(line, "x2"), number(line, "y1")})
                .toList();
        assertEquals(2, whiskers.size());
        assertEquals(low - 0.1 * unit, whiskers.get(0)[0], 0.5);
        assertEquals(low + 0.2 * unit, whiskers.get(0)[1], 0.5);
        assertEquals(number(dots.get(0), "cy"), whiskers.get(0)[2], 0.5);
        assertEquals(high + 0.3 * unit, whiskers.get(1)[1], 0.5);
        List<Element> names = ReportPageTest.all(chart, "text");
        assertEquals(
                List.of("low", "not measured \u2013", "high"),
                names.stream().map(Element::getTextContent).toList());
        assertTrue(number(names.get(0), "y") < number(dots.get(0), "cy")); // the name is above its whisker,
        assertTrue(number(dots.get(0), "cy") < number(names.get(1), "y") - 12); // and the next one well below
        assertTrue(number(names.get(2), "y") < number(dots.get(1), "cy"));
    }

    @Test
    void aSingleValueHasNoWhiskersAndEqualOnesAreDrawn() throws Exception {
        Interval single = new Interval(0.3, 0.3, 0.3, 1);
        Document chart = chart(new Row("one", Map.of("made up", single)), new Row("two", Map.of("made up", single)));
        assertEquals(2, ReportPageTest.all(chart, "circle").size());
        assertTrue(ReportPageTest.all(chart, "line").stream()
                .noneMatch(line -> line.getAttribute("y1").equals(line.getAttribute("y2"))));
    }

    @Test
    void longNamesAreCut() throws Exception {
        Interval figure = new Interval(0.3, 0.2, 0.4, 9);
        Document chart = chart(new Row("very long ".repeat(20), Map.of("made up", figure)));
        String name = ReportPageTest.all(chart, "text").get(0).getTextContent();
        assertTrue(name.startsWith("very long very") && name.endsWith("\u2026") && name.length() < 80, name);
    }

    private static Document chart(Row... rows) throws Exception {
        Table table = new Table("made up", "", "row", List.of(MADE_UP), List.of(rows));
        return ReportPageTest.parsed(new IntervalChart(table, MADE_UP).svg("c").code());
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
