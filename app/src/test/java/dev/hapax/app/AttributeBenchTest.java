package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportJson;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Interval;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributeBenchTest {
    @TempDir
    private Path folder;

    @Test
    void wordsOfFourMethodsAreAddedToNeutralPrompts() throws IOException {
        Path model = TinyModel.withJudges(folder.resolve("model"));
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("bench", "attributes", "--scale", "tiny", "--model", model, "--out", out);
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(33, lines.size(), "32 claims and the page");
        assertTrue(lines.get(0).contains("MATTE, <c>: color moved > 2 x style moved ("), lines.get(0));
        Report report = ReportJson.read(out);
        assertEquals(
                List.of(
                        "What each word moves: MATTE",
                        "What each word moves: MATTE, color told",
                        "What each word moves: P+",
                        "What each word moves: ProSpect",
                        "What each word moves: textual inversion",
                        "What each word moves: named in words",
                        "Color and style",
                        "Each word beside the truth about its attribute",
                        "What changes at all"),
                report.tables().stream().map(Table::name).toList());
        Table truth = report.tables().get(7);
        assertEquals(7, images(truth, "color").stream().distinct().count(), "each row has another word: " + truth);
        for (String attribute : List.of("style", "object", "layout")) {
            List<Interval> images = images(truth, attribute);
            assertEquals(1, Collections.frequency(images, images.get(0)), "each word is read: " + images);
        }
        assertEquals(2, truth.rows().get(0).figures().get("color: palette").n(), "one unit for each picture");
        assertTrue(report.run().containsKey("MATTE, color told"), report.run().toString());
        BufferedImage sheet = ImageIO.read(out.resolve("attributes.png").toFile());
        assertTrue(sheet.getWidth() > 26 * 72 && sheet.getHeight() > 2 * 72);
        CommandRun again =
                CommandRun.of("bench", "attributes", "--scale", "tiny", "--model", model, "--out", out, "--dry-run");
        assertTrue(again.out().contains("nothing to do"), again.out());

        byte[] figures = Files.readAllBytes(out.resolve("report.json"));
        Files.move(out.resolve("cells/products"), folder.resolve("gone"));
        assertEquals(
                0,
                CommandRun.of("bench", "attributes", "--scale", "tiny", "--model", model, "--out", out)
                        .code());
        assertArrayEquals(figures, Files.readAllBytes(out.resolve("report.json")), "results alone make a report");
        assertFalse(Files.exists(out.resolve("cells/products")), "and nothing is drawn again for its pictures");
        BufferedImage blank = ImageIO.read(out.resolve("attributes.png").toFile());
        assertEquals(sheet.getWidth(), blank.getWidth());
    }

    /** How near the images of each row are to the pictures. */
    private static List<Interval> images(Table truth, String attribute) {
        return truth.rows().stream()
                .map(row -> Objects.requireNonNull(row.figures().get(attribute + ": CLIP image")))
                .toList();
    }
}
