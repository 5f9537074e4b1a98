package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.MethodName;
import dev.hapax.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorOptionsTest {
    @TempDir
    private Path folder;

    private Path picture;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
    }

    @Test
    void anchorsHoldWordsBack() throws IOException {
        CommandRun plain = learn("plain");
        assertEquals(0, plain.code(), plain.err());
        CommandRun held = learn("held", "--anchors", "code", "--anchor-weight", 0.99);
        assertEquals(0, held.code(), held.err());
        assertTrue(way("held") < 0.9 * way("plain"), way("held") + " and " + way("plain"));
        JsonNode settings = settings("held");
        assertEquals(0.99, settings.path("anchors").path("weight").asDouble());
        assertEquals(80, settings.path("anchors").path("names").size(), "COCO's");
        assertFalse(settings("plain").has("anchors"));
        assertTrue(Files.readString(folder.resolve("held/metrics.jsonl")).contains("near anchors"));

        CommandRun other = learn("held", "--resume");
        assertEquals(2, other.code(), other.err());
        assertTrue(other.err().contains("is now left out"), other.err());
    }

    @Test
    void theVocabularyMayBeOnesOwn() throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "cat\nball\n");
        CommandRun run = learn("own", "--anchors", "paper", "--anchor-names", names);
        assertEquals(0, run.code(), run.err());
        assertEquals(
                "[\"cat\",\"ball\"]",
                settings("own").path("anchors").path("names").toString());
    }

    /** A word leans on what could stand in its place. */
    @Test
    void theLittleModelsVocabularyGoesByTheWordsPlace() throws IOException {
        List<String> adjectives = new Captions().adjectives();
        assertEquals(adjectives, names("before", "--prompt", "a <a> cat"));
        List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
        assertEquals(kinds, names("alone", "--prompt", "a <a>", "--init", "<a>=cat"));
        assertEquals(adjectives, names("within", "--prompt", "<a>", "--init", "<a>=cat", "--template", "a {} cat"));
        assertEquals(kinds, names("all", "--prompt", "a <a> cat", "--method", "mcpl-all"));
        assertEquals(kinds, names("code", "--prompt", "a <a> cat", "--anchors", "code"));
    }

    @Test
    void wordsStandBeforeNounsIfANounFollows() {
        assertTrue(beforeNouns("a <a> cat", "<a>"));
        assertTrue(beforeNouns("a <a> striped cat and a <b> toy", "<a>", "<b>"));
        assertTrue(beforeNouns("a <a> <b> piece of furniture", "<a>", "<b>"));
        assertFalse(beforeNouns("a <a> cat and a <b>", "<a>", "<b>"));
        assertFalse(beforeNouns("a <a> sitting on grass", "<a>"));
        assertFalse(beforeNouns("a <a> beside a cat", "<a>"));
        assertFalse(beforeNouns("a cat in <a> style", "<a>"));
        assertFalse(beforeNouns("a <a>, cat", "<a>"));
        assertFalse(beforeNouns("a <a> cat beside a <a>", "<a>"));
        assertFalse(beforeNouns("a cat"), "no word");
    }

    private static boolean beforeNouns(String sentence, String... words) {
        return AnchorOptions.beforeNouns(MethodName.TEXTUAL_INVERSION, List.of(sentence), List.of(words));
    }

    /** What a run of one step with the embedded model leans on. */
    private List<String> names(String out, String... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("learn", picture, "--steps", 1, "--batch", 1));
        arguments.addAll(List.of("--out", folder.resolve(out)));
        if (!List.of(more).contains("--anchors")) {
            arguments.addAll(List.of("--anchors", "paper"));
        }
        if (!List.of(more).contains("--method")) {
            arguments.addAll(List.of("--method", "textual-inversion"));
        }
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertEquals(0, run.code(), run.err());
        List<String> names = new ArrayList<>();
        settings(out).path("anchors").path("names").forEach(name -> names.add(name.asText()));
        return names;
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");
        mistake(
                empty + " names no anchor; write one in each line, for example cat, dog, chair",
                learn("out", "--anchors", "paper", "--anchor-names", empty));
        mistake(
                "there is no file of anchors " + folder.resolve("nothing"),
                learn("out", "--anchors", "paper", "--anchor-names", folder.resolve("nothing")));
        mistake("there are no anchors \"papre\"; there are: paper, code", learn("out", "--anchors", "papre"));
        mistake("switch them on with --anchors paper", learn("out", "--anchor-weight", 0.5));
        Path names = Files.writeString(folder.resolve("names.txt"), "cat\nball\n");
        mistake(
                "--anchors code keeps words near their class alone and would not look at --anchor-names " + names,
                learn("out", "--anchors", "code", "--anchor-names", names));
        mistake("must be in [0, 1]", learn("out", "--anchors", "paper", "--anchor-weight", 1.1));
        mistake(
                "with --anchor-weight 1 nothing would be learned from the pictures; take less than 1",
                learn("out", "--anchors", "paper", "--anchor-weight", 1));
        mistake(
                "there is no word to learn in \"a sks cat\"; put one into it",
                CommandRun.of(
                        "learn",
                        picture,
                        "--method",
                        "dreambooth",
                        "--prompt",
                        "a sks cat",
                        "--regularise",
                        "none",
                        "--anchors",
                        "paper",
                        "--model",
                        TinyModel.shared(),
                        "--out",
                        folder.resolve("out")));
    }

    /** How far the word has come from its noun. */
    private double way(String out) {
        try (Scope scope = Scope.open()) {
            float[] start = rows("start", 1e-12);
            float[] end = WordFile.read(folder.resolve(out).resolve("a.safetensors"))
                    .vectors()
                    .toFloats();
            double squares = 0;
            for (int i = 0; i < end.length; i++) {
                squares += (end[i] - start[i]) * (end[i] - start[i]);
            }
            return Math.sqrt(squares);
        }
    }

    private float[] rows(String out, double rate) {
        if (!Files.exists(folder.resolve(out))) {
            CommandRun run = learn(out, "--rate", rate, "--steps", 1);
            assertEquals(0, run.code(), run.err());
        }
        return WordFile.read(folder.resolve(out).resolve("a.safetensors"))
                .vectors()
                .toFloats();
    }

    private JsonNode settings(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("run.json").toFile())
                .path("settings");
    }

    private CommandRun learn(String out, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("learn", picture, "--method", "textual-inversion"));
        arguments.addAll(List.of("--prompt", "a <a> cat", "--model", TinyModel.shared()));
        arguments.addAll(List.of("--out", folder.resolve(out)));
        if (!List.of(more).contains("--rate")) {
            arguments.addAll(List.of("--rate", 0.01, "--steps", 15, "--batch", 1));
        }
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }
}
