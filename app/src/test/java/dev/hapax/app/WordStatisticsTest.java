package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.protocol.McplProtocol;
import dev.hapax.evaluation.protocol.Variant;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportJson;
import dev.hapax.evaluation.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordStatisticsTest {
    @TempDir
    private Path folder;

    /** The bar of the project: hours. {@code mvn -Pslow verify}, or with another model by -Dhapax.model=DIR. */
    @Test
    @Tag("slow")
    void theRegularisersKeepWordsApart() {
        String model = System.getProperty("hapax.model", "");
        List<Object> command = new ArrayList<>(List.of("bench", "mcpl", "--scale", "small", "--out", folder));
        if (!model.isEmpty()) {
            command.addAll(List.of("--model", model));
        }
        CommandRun run = CommandRun.of(command.toArray());
        assertEquals(0, run.code(), run.err());
        Report report = ReportJson.read(folder);
        assertAll(
                () -> assertTrue(mean(report, McplProtocol.WHOLE, "mask IoU") >= 0.5, run.out()),
                () -> assertTrue(mean(report, McplProtocol.WHOLE, "draws own") >= 0.85, run.out()),
                () -> assertOrder(report, "mask IoU", run.out()),
                () -> assertOrder(report, "draws own", run.out()));
    }

    private static void assertOrder(Report report, String measure, String said) {
        assertTrue(mean(report, McplProtocol.BOTH, measure) > mean(report, McplProtocol.ONE, measure), said);
        assertTrue(mean(report, McplProtocol.ONE, measure) > mean(report, McplProtocol.ALL, measure), said);
    }

    private static double mean(Report report, Variant variant, String measure) {
        Row row = report.tables().get(0).rows().stream()
                .filter(each -> each.name().equals(variant.name()))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(row.figures().get(measure)).mean();
    }
}
