package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static final String NASTY = "</h1><script>alert(\"&amp;'\")</script> \u00e9 & | <a> ";

    @Test
    void nothingThatAUserWroteIsMarkup() throws Exception {
        String html = new ReportPage(nasty(), List.of(nastySheet())).html();
        Document page = parsed(html);
        assertEquals(1, page.getElementsByTagName("script").getLength());
        int i = 0;
        String all = page.getDocumentElement().getTextContent();
        for (; i < 17; i++) {
            assertTrue(all.contains(NASTY + i), "number " + i + " is not on the page as it was written");
        }
        Element image = (Element) page.getElementsByTagName("img").item(0);
        assertEquals(NASTY + 16, image.getAttribute("alt"));
    }

    /** Every text of a report, each with its number. */
    private static Report nasty() {
        Interval figure = new Interval(0.5, 0.4, 0.6, 10);
        Measure measure = new Measure(NASTY + 4, NASTY + 5, Better.HIGHER, 2);
        Table table = new Table(
                NASTY + 6,
                NASTY + 7,
                NASTY + 8,
                List.of(measure),
                List.of(new Row(NASTY + 9, Map.of(NASTY + 4, figure)), new Row("other", Map.of(NASTY + 4, figure))));
        Curves curves = new Curves(
                NASTY + 10,
                NASTY + 11,
                NASTY + 12,
                NASTY + 13,
                List.of(new Curves.Series(NASTY + 14, List.of(new Curves.Point(0, 0), new Curves.Point(1, 1)))));
        return new Report(
                NASTY + 0,
                NASTY + 1,
                List.of(new Claim(NASTY + 2, NASTY + 3, figure)),
                List.of(table),
                List.of(curves),
                Map.of("seed", "1"));
    }

    private static Sheet nastySheet() {
        Sheet.Picture picture = new Sheet.Picture(MadeUp.picture(1), NASTY + 16);
        return new Sheet("sheet", "", true, List.of(new Sheet.Strip(NASTY + 15, List.of(picture))));
    }

    @Test
    void needsNothingBesideItself() throws Exception {
        String html = new ReportPage(MadeUp.report(1), MadeUp.sheets()).html();
        Document page = parsed(html);
        assertEquals(0, page.getElementsByTagName("link").getLength());
        assertFalse(html.contains("@import"));
        for (String attribute : List.of("src", "href", "xlink:href")) {
            for (Element element : all(page, "*")) {
                String address = element.getAttribute(attribute);
                assertTrue(address.isEmpty() || address.startsWith("data:image/png;base64,"), address);
            }
        }
        Element image = all(page, "img").get(0);
        byte[] png = Base64.getDecoder().decode(image.getAttribute("src").substring("data:image/png;base64,".length()));
        assertEquals(
                MadeUp.picture("textual inversion".hashCode()).getRGB(30, 30),
                ImageIO.read(new ByteArrayInputStream(png)).getRGB(30, 30));
    }

    @Test
    void chartsGetTheWidthThatTheyNeed() {
        for (int width : List.of(160, 300)) {
            BufferedImage image = new BufferedImage(width, 10, BufferedImage.TYPE_INT_RGB);
            Sheet sheet =
                    new Sheet("chart", "", false, List.of(new Sheet.Strip("", List.of(new Sheet.Picture(image, "")))));
            String html = new ReportPage(MadeUp.report(1), List.of(sheet)).html();
            assertEquals(width > 200, html.contains("class=\"pictures wide\""), width + " pixels");
        }
    }

    @Test
    void drawingsDoNotShareNames() throws Exception {
        String html = new ReportPage(MadeUp.report(1), List.of()).html();
        Set<String> ids = new HashSet<>();
        for (Element element : all(parsed(html), "*")) {
            String id = element.getAttribute("id");
            assertTrue(id.isEmpty() || ids.add(id), id + " is there twice");
        }
        Matcher uses = Pattern.compile("url\\(#([^)]*)\\)").matcher(html);
        int found = 0;
        while (uses.find()) {
            assertTrue(ids.contains(uses.group(1)), uses.group());
            found++;
        }
        assertTrue(found > 0);
    }

    @Test
    void drawingsTakeTheColorsOfThePage() {
        String html = new ReportPage(MadeUp.report(1), List.of()).html();
        for (String color : List.of("--ink", "--soft", "--line", "--c1", "--c2", "--c3")) {
            assertTrue(html.contains(":var(" + color + ")"), color);
            assertTrue(html.contains(color + ": #"), color);
        }
    }

    @Test
    void cellsCarryTheirValues() throws Exception {
        Document page = parsed(new ReportPage(MadeUp.report(1), List.of()).html());
        List<Element> cells = new ArrayList<>();
        for (Element cell : all(page, "td")) {
            if (cell.getAttribute("class").startsWith("number") && inside(cell, "sortable")) {
                cells.add(cell);
            }
        }
        assertEquals(24, cells.size());
        Table table = MadeUp.report(1).tables().get(0);
        Interval first = table.rows().get(0).figure(MadeUp.OVERLAP).orElseThrow();
        assertEquals(Double.toString(first.mean()), cells.get(0).getAttribute("data-value"));
        String shown = MadeUp.OVERLAP.mean(first) + MadeUp.OVERLAP.ends(first);
        assertEquals(shown, cells.get(0).getTextContent());
        assertEquals("12.4n = 1", cells.get(3).getTextContent()); // no interval of a single value
        assertEquals("\u2013", cells.get(6).getTextContent());
        assertFalse(cells.get(6).hasAttribute("data-value"));
        assertTrue(cells.get(13).getTextContent().endsWith(", n = 7"), "another n is said");
        List<Integer> best = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).getAttribute("class").endsWith("best")) {
                best.add(i);
            }
        }
        assertEquals(
                List.of(best(table, 0), best(table, 1), best(table, 2)),
                best.stream().sorted((a, b) -> a % 4 - b % 4).toList());
    }

    /** The number of the cell with the best mean of a column, counted row by row. */
    private static int best(Table table, int column) {
        int best = -1;
        for (int row = 0; row < table.rows().size(); row++) {
            Measure measure = table.measures().get(column);
            double sign = measure.better() == Better.HIGHER ? 1 : -1;
            double mean = sign
                    * table.rows().get(row).figure(measure).map(Interval::mean).orElse(-sign * 1e9);
            double most = best < 0
                    ? Double.NEGATIVE_INFINITY
                    : sign
                            * table.rows()
                                    .get(best / 4)
                                    .figure(measure)
                                    .orElseThrow()
                                    .mean();
            best = mean > most ? 4 * row + column : best;
        }
        return best;
    }

    @Test
    void claimsAreCounted() throws Exception {
        assertEquals("Of 3 claims: 1 holds, 1 does not hold, 1 undecided.", summary(0.5, -0.5, 0));
        assertEquals("Of 5 claims: 2 hold, 3 do not hold.", summary(0.5, -0.5, 0.4, -0.4, -0.3));
        assertEquals("Of 1 claim: 1 undecided.", summary(0));
    }

    private static String summary(double... differences) throws Exception {
        List<Claim> claims = new ArrayList<>();
        for (double mean : differences) {
            claims.add(new Claim("made up " + mean, "", new Interval(mean, mean - 0.1, mean + 0.1, 10)));
        }
        Report report = new Report("made up", "", claims, List.of(), List.of(), Map.of());
        return all(parsed(new ReportPage(report, List.of()).html()), "p").get(0).getTextContent();
    }

    @Test
    void aReportMayBeNearlyEmpty() throws Exception {
        Report report = new Report("made up", "", List.of(), List.of(), List.of(), Map.of());
        String all = parsed(new ReportPage(report, List.of()).html())
                .getDocumentElement()
                .getTextContent();
        assertFalse(all.contains("Claims"));
    }

    private static boolean inside(Element element, String style) {
        for (org.w3c.dom.Node node = element; node instanceof Element parent; node = node.getParentNode()) {
            if (parent.getAttribute("class").equals(style)) {
                return true;
            }
        }
        return false;
    }

    static List<Element> all(Document page, String tag) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = page.getElementsByTagName(tag);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    static Document parsed(String html) throws Exception {
        String xml = html.replaceFirst("<!doctype html>", "");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
