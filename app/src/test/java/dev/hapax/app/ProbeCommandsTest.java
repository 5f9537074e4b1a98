package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.app.model.BundledModel;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportJson;
import dev.hapax.evaluation.report.Row;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandsTest {
    @TempDir
    private Path folder;

    private Path words;
    private Path out;

    @BeforeEach
    void makeWords() throws IOException {
        out = folder.resolve("out");
        words = Files.createDirectories(folder.resolve("words"));
        try (Scope scope = Scope.open()) {
            float[] values = new float[32];
            values[3] = 1; // all in one coordinate: no entropy
            values[16 + 5] = 2;
            new WordFile("<a>", Tensor.of(values, 2, 16), Map.of("init", "cat")).write(words.resolve("a.safetensors"));
        }
    }

    private CommandRun attention(String prompt, Object... more) {
        List<Object> all = new java.util.ArrayList<>(
                List.of("probe", "attention", prompt, "--word", words, "--model", TinyModel.shared(), "--out", out));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray());
    }

    @Test
    void attentionIsComparedCallByCall() {
        CommandRun run = attention("a picture of a <a> cat and a mug", "--steps", 3, "--count", 2);
        assertEquals(0, run.code(), run.err());
        assertEquals(out.resolve("report.html").toString(), run.out().strip());
        Report report = ReportJson.read(out);
        assertEquals(
                List.of("picture", "<a> (learned)", "cat", "mug"),
                report.tables().get(0).rows().stream().map(Row::name).toList());
        assertEquals(2, report.curves().size());
        assertTrue(report.curves().get(0).series().get(0).points().size() >= 3);
        assertEquals(
                2, report.tables().get(0).rows().get(0).figures().get("share").n());
    }

    @Test
    void onlyWordsOfThePromptAreWatched() {
        mistake("does not hold dog", attention("a <a> cat", "--watch", "dog", "--watch", "cat"));
        mistake("compared, got 1; name the words to compare", attention("a <a>", "--steps", 1, "--count", 1));
        mistake("the prompt uses <b>", attention("a <a> and a <b>"));
        mistake("--count must be at least 1, got 0", attention("a <a> cat", "--count", 0));
    }

    @Test
    void entropyIsComparedWithThatOfNouns() throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "cat\nball\n");
        CommandRun run = CommandRun.of(
                "probe", "entropy", "--word", words, "--names", names, "--model", TinyModel.shared(), "--out", out);
        assertEquals(0, run.code(), run.err());
        List<Row> rows = ReportJson.read(out).tables().get(0).rows();
        assertEquals(0, rows.get(0).figures().get("entropy").mean(), 1e-9);
        assertTrue(rows.get(1).figures().get("entropy").mean() > 1, "a vector of random numbers");
        assertEquals("<a>", rows.get(2).name());
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheWork() throws IOException {
        out = Files.writeString(folder.resolve("file"), "in the way");
        Path model = TinyModel.shared();
        for (CommandRun run : List.of(
                attention("a <a> cat and a mug"),
                CommandRun.of("probe", "entropy", "--word", words, "--model", model, "--out", out),
                CommandRun.of(
                        "probe",
                        "cells",
                        "--model",
                        model,
                        "--reader",
                        BundledModel.unpack(Map.of()).resolve("reader"),
                        "--out",
                        out),
                CommandRun.of("picturebook", "check", "--model", model, "--out", out))) {
            mistake("hapax: the folder " + out + " cannot be made: ", run);
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }
}
