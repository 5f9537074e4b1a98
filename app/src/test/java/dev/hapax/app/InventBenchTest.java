package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportJson;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of inventing on Picturebook's own model, two steps each. */
class InventBenchTest {
    @TempDir
    private Path folder;

    private static CommandRun bench(Path out, Object... more) {
        List<Object> all = new java.util.ArrayList<>(List.of("bench", "invent", "--scale", "tiny", "--out", out));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray());
    }

    @Test
    void thingsAreInventedMixedAndJudged() throws IOException {
        Path out = folder.resolve("out");
        CommandRun run = bench(out);
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(8 + 2 * 2 + 1, lines.size(), "claims about all, about two categories, and the page: " + run.out());
        assertTrue(
                lines.get(0)
                        .startsWith(
                                "undecided      positive similarity (reader): given negatives > negative prompting ("),
                lines.get(0));
        Report report = ReportJson.read(out);
        Map<String, Table> tables = report.tables().stream().collect(Collectors.toMap(Table::name, table -> table));
        assertEquals(
                List.of(
                        "Invented things",
                        "Given negatives against negative prompting (reader)",
                        "Mixes",
                        "What the prior draws"),
                report.tables().stream().map(Table::name).toList());
        Table invented = tables.get("Invented things");
        assertEquals(
                List.of(
                        "ConceptLab, given negatives",
                        "ConceptLab, given negatives, no thresholds",
                        "ConceptLab, adaptive negatives",
                        "ConceptLab, no negatives",
                        "the category's name",
                        "negative prompting"),
                invented.rows().stream().map(Row::name).toList());
        String cosine = "positive similarity (CLIP)";
        assertNotEquals(figure(invented, 4, cosine), figure(invented, 5, cosine), "the negative prompt is read");
        assertNotEquals(figure(invented, 3, cosine), figure(invented, 4, cosine), "a word is drawn, not the name");
        assertEquals(2, figure(invented, 0, cosine).n(), "one unit for each concept");
        Interval share = figure(invented, 4, "positive similarity (reader)");
        assertTrue(share.mean() > 0 && share.mean() <= 1, share.toString());
        assertTrue(invented.measures().get(3).meaning().contains("the one that words are optimised against"));
        assertTrue(report.claims().stream().noneMatch(claim -> claim.name().contains("CLIP")));
        assertEquals(
                "the one that words are optimised against: nothing is claimed by it",
                report.run().get("CLIP"));
        Table prior = tables.get("What the prior draws");
        assertEquals("negative prompting in the prior", prior.rows().get(5).name());
        assertNotEquals(
                figure(prior, 4, "positive similarity (prior)"), figure(prior, 5, "positive similarity (prior)"));
        assertTrue(ImageIO.read(out.resolve("invented.png").toFile()).getHeight() > 2 * 9 * 112);
        try (var files = Files.walk(out.resolve("cells").resolve("products"))) {
            assertEquals(
                    2 * 4 + 2, // words of four rows, and mixes
                    files.filter(file -> file.endsWith("step-000002/00-new.safetensors"))
                            .count());
        }
        assertTrue(bench(out, "--dry-run").out().contains("nothing to do"));
    }

    private static Interval figure(Table table, int row, String measure) {
        return table.rows().get(row).figures().get(measure);
    }

    @Test
    void aModelWithoutAPriorInventsNothing() throws IOException {
        Path out = folder.resolve("out");
        CommandRun run = bench(out, "--model", TinyModel.withJudges(folder.resolve("model")));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("words are invented with a prior, and the model model has none"), run.err());
    }
}
