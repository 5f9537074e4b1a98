package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    private static final String NASTY = "a \"quoted\", <b> | `c`\r\nand *more*";

    @TempDir
    Path folder;

    @Test
    void jsonIsReadAsItWasWritten() throws IOException {
        new ReportFolder(folder).write(MadeUp.report(3), List.of());
        assertEquals(MadeUp.report(3), ReportJson.read(folder));
        assertEquals(MadeUp.report(3), ReportJson.read(folder.resolve("report.json")));
        assertEquals(nasty(), ReportJson.parse(ReportJson.text(nasty())));
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertEquals("holds", json.at("/claims/0/verdict").asText());
        assertEquals(List.of("command", "model", "seed"), fieldNames(json.path("run")));
    }

    @Test
    void aReportOfSomethingElseIsKept() {
        ReportFolder reports = new ReportFolder(folder);
        reports.requireOf("Anything");
        Report first = MadeUp.report(3);
        reports.write(first, List.of());
        reports.requireOf(first.title());
        String message = assertThrows(IllegalArgumentException.class, () -> reports.requireOf("Another"))
                .getMessage();
        assertTrue(message.contains("\"" + first.title() + "\", and \"Another\" would take its place"), message);
    }

    private static List<String> fieldNames(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void saysWhatIsNoReport() throws IOException {
        assertMessage("there is no report in " + folder);
        Path file = folder.resolve("report.json");
        Files.writeString(file, "{\"format\": 2}");
        assertMessage("its format is 2, this version of Hapax reads 1");
        Files.writeString(file, "{}");
        assertMessage("its format is null");
        Files.writeString(file, "{\"format\": 1, \"title\"");
        assertMessage("report.json is no report: ");
        Files.writeString(file, ReportJson.text(nasty()).replace("\"n\" : 10", "\"n\" : 0"));
        assertMessage("report.json is no report: ");
    }

    private void assertMessage(String part) {
        String message = assertThrows(CheckpointException.class, () -> ReportJson.read(folder))
                .getMessage();
        assertTrue(message.contains(part) && message.lines().count() == 1, message);
    }

    @Test
    void csvIsReadAsItWasWritten() throws IOException {
        List<CSVRecord> figures = parsed(ReportCsv.tables(nasty()));
        assertEquals(1, figures.size());
        assertEquals(
                List.of(NASTY, NASTY, NASTY, "0.1", "-1.0E-5", "0.30000000000000004", "10"),
                figures.get(0).toList());
        assertEquals(NASTY, parsed(ReportCsv.claims(nasty())).get(0).get("source"));
        List<CSVRecord> all = parsed(ReportCsv.tables(MadeUp.report(3)));
        assertEquals(23, all.size()); // 6 x 4, one was not measured
        Table table = MadeUp.report(3).tables().get(0);
        for (CSVRecord line : all) {
            Row row = table.rows().stream()
                    .filter(r -> r.name().equals(line.get("row")))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    row.figures().get(line.get("measure")),
                    new Interval(
                            Double.parseDouble(line.get("mean")),
                            Double.parseDouble(line.get("low")),
                            Double.parseDouble(line.get("high")),
                            Integer.parseInt(line.get("n"))));
        }
        List<CSVRecord> points = parsed(ReportCsv.curves(MadeUp.report(3)));
        assertEquals(33, points.size());
        assertEquals("100.0", points.get(1).get("x"));
    }

    @Test
    void markdownKeepsItsColumns() {
        String text = new ReportMarkdown(nasty()).text();
        String escaped = "a \"quoted\", &lt;b&gt; \\| \\`c\\` and \\*more\\*";
        assertTrue(text.startsWith("# " + escaped + "\n"), text);
        assertTrue(text.contains("| " + escaped + " | 0.10 (-0.00 to 0.30) |\n".replace("-0.00", "0.00")), text);
        assertTrue(
                text.contains("| " + escaped + " | " + escaped + " | 0.10 | 0.00 to 0.30 | 10 | undecided |\n"), text);
        List<Long> bars = text.lines()
                .filter(line -> line.startsWith("|"))
                .map(line ->
                        line.replace("\\|", "").chars().filter(c -> c == '|').count())
                .toList();
        assertEquals(List.of(7L, 7L, 7L, 3L, 3L, 3L, 3L, 3L, 3L), bars);
    }

    @Test
    void twoWritesAreTheSameBytes() throws IOException {
        new ReportFolder(folder.resolve("a")).write(MadeUp.report(3), MadeUp.sheets());
        new ReportFolder(folder.resolve("b")).write(MadeUp.report(3), MadeUp.sheets());
        Map<String, String> first = files(folder.resolve("a"));
        assertEquals(first, files(folder.resolve("b")));
        assertEquals(
                List.of("claims.csv", "curves.csv", "report.html", "report.json", "report.md", "tables.csv"),
                List.copyOf(first.keySet()));
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static Report nasty() {
        Interval figure = new Interval(0.1, -1e-5, 0.1 + 0.2, 10);
        Measure measure = new Measure(NASTY, NASTY, Better.NEITHER, 2);
        Table table = new Table(NASTY, NASTY, NASTY, List.of(measure), List.of(new Row(NASTY, Map.of(NASTY, figure))));
        Map<String, String> run = new LinkedHashMap<>();
        run.put(NASTY, NASTY);
        return new Report(NASTY, NASTY, List.of(new Claim(NASTY, NASTY, figure)), List.of(table), List.of(), run);
    }

    private static List<CSVRecord> parsed(String csv) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv))
                .getRecords();
    }
}
