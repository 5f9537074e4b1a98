package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportJson;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionalBenchTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path out;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.withJudges(folder.resolve("model"));
        out = folder.resolve("out");
    }

    private CommandRun bench(String name, Object... more) {
        List<Object> all =
                new java.util.ArrayList<>(List.of("bench", name, "--scale", "tiny", "--model", model, "--out", out));
        all.addAll(List.of(more));
        CommandRun run = CommandRun.of(all.toArray());
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private void assertNothingIsLeftToDo(String name) {
        String plan = bench(name, "--dry-run").out();
        assertTrue(plan.contains("nothing to do"), plan);
    }

    @Test
    void learnedThingsBesideOthers() {
        List<String> lines = bench("compositional").out().lines().toList();
        assertEquals(52, lines.size(), "51 claims and the page");
        assertTrue(
                lines.get(0).contains("text alignment: textual inversion + semantic > textual inversion ("),
                lines.get(0));
        Report report = ReportJson.read(out);
        Table one = report.tables().get(0);
        assertEquals("Learned things beside others", one.name());
        assertEquals(15, one.rows().size());
        assertEquals(
                List.of(
                        "ordinary: text alignment",
                        "ordinary: CoI (detector)",
                        "ordinary: CoI (reader)",
                        "ordinary: CoI (CLIP)",
                        "ordinary: image alignment, whole",
                        "two learned: text alignment",
                        "two learned: image alignment, whole"),
                one.measures().stream().map(Measure::name).toList());
        String text = "ordinary: text alignment";
        assertEquals(
                15,
                one.rows().stream()
                        .map(row -> row.figures().get(text))
                        .distinct()
                        .count(),
                () -> "every row learns or draws in another way: " + one.rows());
        assertEquals(2, one.rows().get(0).figures().get(text).n(), "one unit for each learned thing");
        assertEquals(
                List.of("What changes when the prompt asks for another thing"),
                report.tables().stream()
                        .map(Table::name)
                        .filter(name -> name.startsWith("What changes"))
                        .toList());
        assertNothingIsLeftToDo("compositional");
    }

    @Test
    void everyTwoConcepts() throws IOException {
        bench("pairs");
        Report report = ReportJson.read(out);
        List<Row> rows = report.tables().get(0).rows();
        assertEquals(4, rows.size());
        assertTrue(rows.stream().anyMatch(row -> row.name().equals("<a> cat")));
        // 4 x 3 / 2 pairs without <a> and cat
        List<String> csv = Files.readAllLines(out.resolve("pairs.csv"));
        assertEquals(1 + 5, csv.size(), csv.toString());
        double best = rows.get(0).figures().get("text alignment").mean();
        double worst = rows.get(3).figures().get("text alignment").mean();
        assertTrue(best > worst, "rows begin with what composes best");
        BufferedImage heat = ImageIO.read(out.resolve("pairs.png").toFile());
        assertTrue(heat.getWidth() > 4 * 18 && heat.getHeight() > 4 * 18);
        BufferedImage map = ImageIO.read(out.resolve("vocabulary.png").toFile());
        assertEquals(900, map.getWidth());
        assertEquals(4, report.claims().size());
        try (var files = Files.walk(out.resolve("cells").resolve("results"))) {
            List<String> vectors = files.filter(Files::isRegularFile)
                    .map(CompositionalBenchTest::read)
                    .filter(text -> text.contains("\"vector\""))
                    .map(text ->
                            text.replaceAll(".*\"vector\":\\[([^]]*)].*", "$1").strip())
                    .toList();
            assertEquals(4, vectors.stream().distinct().count(), "each word lies at a place of its own: " + vectors);
            assertEquals(16, vectors.get(0).split(",").length);
        }
        assertNothingIsLeftToDo("pairs");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theWeightOfAnchors() {
        bench("sweep");
        Report report = ReportJson.read(out);
        assertEquals(
                List.of("lambda 0.0", "lambda 0.95", "lambda 1.0"),
                report.tables().get(0).rows().stream().map(Row::name).toList());
        Curves text = report.curves().get(0);
        assertEquals("text alignment over the weight", text.name());
        assertEquals(
                List.of(0.0, 0.95, 1.0),
                text.series().get(0).points().stream().map(Curves.Point::x).toList());
        assertEquals(
                3,
                text.series().get(0).points().stream()
                        .map(Curves.Point::y)
                        .distinct()
                        .count(),
                "at 1, too, something is learned, of the anchors alone");
        assertTrue(report.curves().stream().anyMatch(each -> each.name().startsWith("image alignment, whole over")));
        assertNothingIsLeftToDo("sweep");
    }
}
