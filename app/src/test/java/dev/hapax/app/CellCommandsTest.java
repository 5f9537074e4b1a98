package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.app.model.BundledModel;
import dev.hapax.diffusion.PngImages;
import dev.hapax.method.compositionalinversion.Anchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellCommandsTest {
    private static final Path MODEL = TinyModel.shared();

    @TempDir
    private Path folder;

    private Path picture;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
    }

    @Test
    void fourAttributesAreLearnedAndMixed() throws IOException {
        ok(learn("one", "--method", "matte", "--class", "cat"));
        ok(learn(
                "two",
                "--method",
                "matte",
                "--class",
                "ball",
                "--suffix",
                2,
                "--colors",
                "red=0.7,blue=0.3",
                "--prompt",
                "a <o2> following layout <l2>",
                "--sample-every",
                2));
        assertEquals(
                "a <o2> following layout <l2>",
                PngImages.read(folder.resolve("two/samples/step-000002.png"))
                        .settings()
                        .orElseThrow()
                        .prompt());
        JsonNode settings = settings("two").path("attributes");
        assertEquals(0.7, settings.path("colors").path("red").asDouble());
        assertTrue(settings("one").path("attributes").path("colors").size() > 0, "found in the picture");
        assertEquals("ball", settings.path("class").asText());
        CommandRun drawn = generate(
                "a [<c> colored] teapot in [<s2> style] following [<l> layout]",
                "--word",
                dir("one"),
                "--word",
                dir("two"));
        ok(drawn);
        assertEquals(List.of(), notes(drawn));
        CommandRun late =
                generate("a <o> following layout <l>", "--word", dir("one"), "--start", picture, "--strength", 0.5);
        ok(late);
        assertEquals(1, notes(late).size(), late.err());
        assertTrue(notes(late).get(0).startsWith("hapax: <l> is read from t = 800 on, and this run begins at t = "));
    }

    @Test
    void wordsOfLayersAndStagesAreLearnedAndMixed() throws IOException {
        ok(learn("p", "--method", "pplus", "--class", "cat", "--prompt", "<p>"));
        ok(learn("q", "--method", "prospect", "--class", "cat"));
        ok(learn("g", "--method", "prospect", "--init", "<v>=cat", "--generator"));
        assertTrue(Files.exists(folder.resolve("p/flattened/p.safetensors")));
        assertTrue(settings("g").path("attributes").path("generator").asBoolean());
        assertEquals(1e-4, settings("g").path("rate").asDouble());
        assertEquals(5e-3, settings("q").path("rate").asDouble());
        ok(generate("a {0-500: <v>}{500-1000: cat}", "--word", dir("q")));
        ok(generate("a {inner: <p>}{outer: <v>}", "--word", dir("p"), "--word", dir("q")));
    }

    @Test
    void aTableOfOnesOwn() throws IOException {
        Path table = Files.writeString(
                folder.resolve("cells.json"),
                "{\"table\": {\"borders\": [500]}, \"color\": [1], \"style\": [1], \"object\": [0], \"layout\": [1]}");
        ok(learn("own", "--method", "matte", "--class", "cat", "--cells", table, "--profile", "paper"));
        assertTrue(
                settings("own").path("words").get(0).path("placement").asText().contains("[500]"));
    }

    @Test
    void aModelMayBringItsTableAndClipNamesTheObject() throws IOException {
        Path own = TinyModel.withClip(folder.resolve("model"));
        Files.writeString(
                own.resolve("cells.json"),
                "{\"table\": {\"borders\": [500]}, \"color\": [1], \"style\": [1], \"object\": [0], \"layout\": [1]}");
        CommandRun run = CommandRun.of(
                "learn",
                picture,
                "--model",
                own,
                "--out",
                folder.resolve("named"),
                "--steps",
                1,
                "--method",
                "matte",
                "--clip",
                own);
        ok(run);
        assertTrue(settings("named")
                .path("words")
                .get(0)
                .path("placement")
                .asText()
                .contains("[500]"));
        String noun = settings("named").path("attributes").path("class").asText();
        assertTrue(Anchors.coco().names().contains(noun), noun);
        assertTrue(notes(run).get(0).contains("CLIP takes the object for \"" + noun + "\""), run.err());
    }

    @Test
    void cellsAreProbed() throws IOException {
        Path table = Files.writeString(folder.resolve("table.json"), "{\"borders\": [500]}");
        CommandRun run = CommandRun.of(
                "probe",
                "cells",
                "--model",
                MODEL,
                "--reader",
                BundledModel.unpack(Map.of()).resolve("reader"),
                "--table",
                table,
                "--scenes",
                2,
                "--steps",
                1,
                "--out",
                folder.resolve("probe"));
        ok(run);
        assertTrue(run.out().contains("cells.md"), run.out());
        JsonNode cells = new ObjectMapper()
                .readTree(folder.resolve("probe/cells.json").toFile())
                .path("cells");
        assertEquals(5, cells.size());
        assertEquals(2, cells.path("style").size(), "two cells");
        assertTrue(Files.exists(folder.resolve("probe/cells.png")));
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        mistake("there is no profile \"fast\"", learn("x", "--method", "matte", "--class", "cat", "--profile", "fast"));
        mistake("\"=1\" is no color", learn("x", "--method", "matte", "--class", "cat", "--colors", "=1"));
        mistake("<v> has nothing to start from", learn("x", "--method", "pplus"));
        mistake("pplus learns one word at a time", learn("x", "--method", "pplus", "--prompt", "<a> cat <b> ball"));
        mistake("the suffix of MATTE's words", learn("x", "--method", "matte", "--class", "cat", "--suffix", "a b"));
        mistake("{900-800: x} names no timesteps", generate("a {900-800: x} cat"));
    }

    private String dir(String name) {
        return folder.resolve(name).toString();
    }

    private CommandRun learn(String out, Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("learn", picture, "--model", MODEL, "--out", folder.resolve(out), "--steps", 2, "--batch", 2));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private CommandRun generate(String prompt, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "generate",
                prompt,
                "--model",
                MODEL,
                "--out",
                folder.resolve("images"),
                "--steps",
                20,
                "--sampler",
                "ddim"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private JsonNode settings(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("run.json").toFile())
                .path("settings");
    }

    /** What was said beside the progress. */
    private static List<String> notes(CommandRun run) {
        return run.err().lines().filter(line -> line.startsWith("hapax: ")).toList();
    }

    private static void ok(CommandRun run) {
        assertEquals(0, run.code(), run.err());
    }
}
