package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.WordFile;
import dev.hapax.evaluation.protocol.McplProtocol;
import dev.hapax.evaluation.protocol.Variant;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportJson;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationCommandsTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.withJudges(folder.resolve("model"));
    }

    @Test
    void aBenchIsRunOnceAndByAnyNumberOfWorkersAlike() throws IOException {
        Path one = folder.resolve("one");
        CommandRun plan = bench(one, "--dry-run");
        assertEquals(0, plan.code(), plan.err());
        assertTrue(plan.out().startsWith("230 cells, 0 of them cached; to do: 158 x draw, "), plan.out());
        assertTrue(plan.out().contains("calls of the U-Net; one takes "), plan.out());
        assertFalse(Files.exists(one), "a dry run leaves nothing behind");

        CommandRun first = bench(one, "--workers", 1);
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("230 of 230"), first.err());
        List<String> lines = first.out().lines().toList();
        assertEquals(13, lines.size(), first.out());
        assertTrue(lines.get(0).startsWith("undecided      mask IoU: one + PromptCL + AttnMask > one ("), first.out());
        assertEquals(one.resolve("report.html").toString(), lines.get(12));

        CommandRun done = bench(one, "--dry-run");
        assertTrue(done.out().startsWith("230 cells, 230 of them cached; nothing to do"), done.out());
        Path three = folder.resolve("three");
        assertEquals(0, bench(three, "--workers", 3).code());
        assertEquals(
                Files.readString(one.resolve("report.json")),
                Files.readString(three.resolve("report.json")),
                "workers");
        assertEquals(results(one), results(three));
        assertEquals(0, bench(one).code());
        assertEquals(
                Files.readString(one.resolve("report.json")), Files.readString(three.resolve("report.json")), "again");

        Report report = ReportJson.read(one);
        assertEquals(
                List.of(
                        "Words",
                        "Images",
                        "Images of <a>",
                        "Images of <b>",
                        "Images of <a> and <b>",
                        "What changes when the prompt asks for nothing",
                        "What changes when the prompt asks for another place",
                        "What changes when the prompt asks for another style"),
                report.tables().stream().map(Table::name).toList());
        Set<String> variants =
                McplProtocol.variants().stream().map(Variant::name).collect(Collectors.toSet());
        for (Table table : report.tables()) {
            assertEquals(variants, table.rows().stream().map(Row::name).collect(Collectors.toSet()));
        }
        double present = report.tables()
                .get(1)
                .rows()
                .get(0)
                .figures()
                .get("present (detector)")
                .mean();
        assertTrue(present > 0 && present < 1, "the model's own detector judges: " + present);
        assertEquals(2, report.curves().size());
        assertEquals(2, report.curves().get(0).series().get(0).points().size());
        CommandRun same = CommandRun.of("report", one, three);
        assertEquals(0, same.code(), same.err());
        assertTrue(same.out().startsWith("Figures: 0 differ, "), same.out());
    }

    private CommandRun bench(Path out, Object... more) {
        return with(List.of("bench", "mcpl", "--scale", "tiny", "--model", model, "--out", out), more);
    }

    private static CommandRun with(List<Object> arguments, Object... more) {
        List<Object> all = new java.util.ArrayList<>(arguments);
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray());
    }

    private static Map<String, String> results(Path out) throws IOException {
        try (var files = Files.walk(out.resolve("cells").resolve("results"))) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }));
        }
    }

    @Test
    void ownWordsAreComparedOnOwnPrompts() throws IOException {
        Path good = words("good", "<a>", "<b>");
        Path other = words("other", "<a>");
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        TinyModel.picture(pictures.resolve("whole.png"));
        TinyModel.picture(pictures.resolve("a.png"));
        TinyModel.picture(pictures.resolve("b-1.png"));
        Path prompts = Files.writeString(
                folder.resolve("prompts.txt"),
                "# mine\na picture of <a>\n\na sketch of <a> on a beach\n<a> beside <b>\n");
        Path out = folder.resolve("out");
        CommandRun run = evaluate(List.of(good, other), pictures, prompts, out, "--count", 2, "--steps", 1);
        assertEquals(0, run.code(), run.err());
        assertEquals(out.resolve("report.html").toString(), run.out().strip());
        Report report = ReportJson.read(out);
        assertEquals(
                List.of("Words", "Images", "Images of <a>", "Images of <a> and <b>"),
                report.tables().stream().map(Table::name).toList());
        Table images = report.tables().get(1);
        assertEquals(
                List.of("good", "other"), images.rows().stream().map(Row::name).toList());
        assertEquals(3, images.rows().get(0).figures().get("text alignment").n(), "one unit for each prompt");
        assertEquals(2, images.rows().get(1).figures().get("text alignment").n(), "<b> is not among its words");
        assertTrue(report.tables().get(0).rows().get(0).figures().containsKey("draws own"));
        assertFalse(report.tables().get(0).rows().get(0).figures().containsKey("mask IoU"), "nobody knows the truth");
    }

    @Test
    void weightsThatWereLearnedWithWordsAreJudgedWithThem() throws IOException {
        Path picture = TinyModel.picture(folder.resolve("whole.png"));
        Path moved = folder.resolve("moved");
        CommandRun learned = CommandRun.of(
                "learn",
                picture,
                "--method",
                "custom-diffusion",
                "--prompt",
                "a <v> cat",
                "--model",
                model,
                "--steps",
                2,
                "--batch",
                1,
                "--rate",
                0.5,
                "--init",
                "<v>=ktn",
                "--regularise",
                "none",
                "--out",
                moved);
        assertEquals(0, learned.code(), learned.err());
        Path words = Files.createDirectories(folder.resolve("words"));
        Files.copy(moved.resolve("v.safetensors"), words.resolve("v.safetensors"));
        Path prompts = Files.writeString(folder.resolve("prompts.txt"), "a picture of a <v> cat\n");
        Path out = folder.resolve("out");
        CommandRun run = evaluate(List.of(moved, words), picture, prompts, out, "--count", 2, "--steps", 1);
        assertEquals(0, run.code(), run.err());
        List<Row> rows = ReportJson.read(out).tables().get(1).rows();
        assertNotEquals(
                rows.get(0).figures().get("text alignment"),
                rows.get(1).figures().get("text alignment"));

        Path record = moved.resolve("run.json");
        Files.writeString(record, Files.readString(record).replace("\"finished\" : true", "\"finished\" : false"));
        mistake(
                "the run in " + moved
                        + " is not finished: its words are there, the weights that belong to them are not",
                evaluate(List.of(moved, words), picture, prompts, folder.resolve("again")));
        mistake(
                "the run in " + moved + " is not finished",
                CommandRun.of("generate", "a <v> cat", "--word", moved, "--model", model, "--steps", 1));
    }

    @Test
    void aBenchOfMethodsThatMoveWeights() throws IOException {
        Path out = folder.resolve("out");
        CommandRun run = with(List.of("bench", "disendiff", "--scale", "tiny", "--model", model, "--out", out));
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).contains("image alignment, crop of <a>: DisenDiff > Custom Diffusion"), lines.get(0));
        assertEquals(20 + 1, lines.size(), "claims, and where the report is: " + run.out());
        Report report = ReportJson.read(out);
        assertEquals(
                "2 steps at rate 1.0E-4, batch 2, seed 7, mirrored with probability 0.5, 2 regularising pictures",
                report.run().get("learning DisenDiff"));
        try (var files = Files.walk(out.resolve("cells").resolve("products"))) {
            assertEquals(
                    7,
                    files.filter(file -> file.endsWith("step-000002/weights/changed.safetensors"))
                            .count());
        }
        Table images = report.tables().get(1);
        assertEquals(8, images.rows().size());
        assertEquals(
                4,
                images.rows().stream()
                        .limit(4)
                        .map(row -> row.figures().get("text alignment"))
                        .distinct()
                        .count(),
                "each method learns something else");
    }

    private CommandRun evaluate(List<Path> words, Path pictures, Path prompts, Path out, Object... more) {
        List<Object> arguments = new java.util.ArrayList<>(List.of("evaluate", "--words"));
        arguments.addAll(words);
        arguments.addAll(List.of("--pictures", pictures, "--prompts", prompts, "--out", out, "--model", model));
        return with(arguments, more);
    }

    private Path words(String name, String... tokens) throws IOException {
        Path words = Files.createDirectories(folder.resolve(name));
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < tokens.length; i++) {
                Tensor rows = Tensor.ones(DType.FLOAT32, 1, 16).times(name.length() + i);
                new WordFile(tokens[i], rows, Map.of("init", i == 0 ? "cat" : "ball"))
                        .write(words.resolve("w" + i + ".safetensors"));
            }
        }
        return words;
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        Path out = folder.resolve("out");
        mistake(
                "there is no bench \"mcp\"; there are: mcpl, disendiff, compositional, pairs, sweep, attributes, invent",
                CommandRun.of("bench", "mcp", "--scale", "tiny", "--out", out));
        mistake(
                "there is no scale \"huge\"; there are: tiny, small, paper",
                CommandRun.of("bench", "mcpl", "--scale", "huge", "--out", out));
        mistake(
                "give one to judge with: --judge DIR",
                with(List.of("bench", "mcpl", "--scale", "tiny", "--out", out, "--model", TinyModel.shared())));
        mistake("--workers must be at least 1, got 0", bench(out, "--workers", 0));
        mistake("--prior is for bench invent, and bench mcpl would not look at it", bench(out, "--prior", model));

        Path words = words("good", "<a>", "<b>");
        Path prompts = Files.writeString(folder.resolve("p.txt"), "a picture of <a>\na picture of <c>\n");
        Path picture = TinyModel.picture(folder.resolve("whole.png"));
        mistake(
                prompts + ", line 2, uses <c>, which nobody learned; the learned words are [<a>, <b>]",
                evaluate(List.of(words), picture, prompts, out));
        Files.writeString(prompts, "a picture of a cat\n");
        mistake(prompts + ", line 1, holds none of the learned words", evaluate(List.of(words), picture, prompts, out));
        Files.writeString(prompts, "\n");
        mistake(prompts + " holds no prompt", evaluate(List.of(words), picture, prompts, out));
        Files.writeString(prompts, "a picture of <b>\n");
        mistake(
                "can be drawn with the words of few, which are [<a>]",
                evaluate(List.of(words, words("few", "<a>")), picture, prompts, out));
        Path empty = Files.createDirectories(folder.resolve("empty"));
        mistake("the folder " + empty + " has no pictures", evaluate(List.of(words), empty, prompts, out));
        mistake("the folder " + empty + " has no word files", evaluate(List.of(empty), picture, prompts, out));
        mistake("the folder " + empty + " has no pictures", bench(out, "--pictures", empty));
        TinyModel.picture(empty.resolve("pair.png"));
        mistake("pair.png has no sentence: write what it shows into ", bench(out, "--pictures", empty));
        assertFalse(Files.exists(out), "nothing is left behind");

        Path cells = Files.createDirectories(out.resolve("cells"));
        Files.writeString(cells.resolve("format.json"), "{\"format\":0}\n");
        mistake("was written by another version of Hapax", bench(out));
        mistake("there is no report in " + empty, CommandRun.of("report", empty, out));
    }
}
