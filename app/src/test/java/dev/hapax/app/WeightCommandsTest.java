package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods that also move weights, through the command line. */
class WeightCommandsTest {
    @TempDir
    private Path folder;

    private Path picture;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
    }

    private CommandRun learn(String out, Object... more) {
        List<Object> all = new ArrayList<>(
                List.of("learn", picture, "--model", TinyModel.shared(), "--out", folder.resolve(out), "--steps", 2));
        all.addAll(Arrays.asList(more));
        return CommandRun.of(all.toArray());
    }

    @Test
    void disenDiffAndCustomDiffusionGoTogetherIntoOneModel() {
        CommandRun pair = learn(
                "pair",
                "--method",
                "disendiff",
                "--prompt",
                "<v1> cat and <v2> ball",
                "--batch",
                1,
                "--class-images",
                2);
        assertEquals(0, pair.code(), pair.err());
        assertTrue(pair.err().contains("drawing what regularises"), pair.err());
        Path weights = folder.resolve("pair").resolve("weights").resolve("changed.safetensors");
        assertTrue(Files.exists(weights));
        Config settings =
                Config.read(folder.resolve("pair").resolve("run.json")).object("settings");
        assertEquals("disendiff", settings.text("method"));
        Config attention = settings.object("weights").object("attention");
        assertEquals(0.00375, attention.number("bind_weight"));
        assertEquals("cat", attention.object("classes").text("<v1>"));
        assertEquals(
                "cat and ball",
                settings.object("weights").object("regularisation").text("prompt"));
        assertEquals("ktn", settings.json().path("words").path(0).path("init").asText());

        CommandRun lora = learn(
                "lora",
                "--method",
                "custom-diffusion",
                "--prompt",
                "<v3> cat",
                "--lora",
                2,
                "--regularise",
                "none",
                "--no-augment");
        assertEquals(0, lora.code(), lora.err());
        CommandRun painted = CommandRun.of(
                "generate",
                "<v1> cat and <v3> cat",
                "--word",
                folder.resolve("pair"),
                "--word",
                folder.resolve("lora"),
                "--steps",
                1,
                "--model",
                TinyModel.shared(),
                "--out",
                folder.resolve("images"));
        assertEquals(0, painted.code(), painted.err());
        assertTrue(painted.err().contains("change the same 8 weights: their changes are added up"), painted.err());
    }

    @Test
    void dreamBoothLearnsARareWordOfTheVocabulary() {
        CommandRun learned = learn(
                "out",
                "--method",
                "dreambooth",
                "--prompt",
                "a photo of sks cat",
                "--class-prompt",
                "a photo of a cat",
                "--class-images",
                1,
                "--text-encoder",
                "--sample-every",
                2);
        assertEquals(0, learned.code(), learned.err());
        assertTrue(Files.exists(folder.resolve("out").resolve("samples").resolve("step-000002.png")));
        CommandRun painted = CommandRun.of(
                "generate",
                "a photo of sks cat",
                "--word",
                folder.resolve("out"),
                "--steps",
                1,
                "--model",
                TinyModel.shared(),
                "--out",
                folder.resolve("images"));
        assertEquals(0, painted.code(), painted.err());
    }

    @Test
    void conceptsLearnedApartAreMerged() throws IOException {
        for (String word : List.of("a", "b")) {
            CommandRun learned = learn(
                    word, "--method", "custom-diffusion", "--prompt", "<" + word + "> cat", "--regularise", "none");
            assertEquals(0, learned.code(), learned.err());
        }
        Path captions = Files.writeString(folder.resolve("captions.txt"), "a red cup\n\na dog on the grass\n");
        CommandRun merged = merge(captions, folder.resolve("a"), folder.resolve("b"));
        assertEquals(0, merged.code(), merged.err());
        CommandRun painted = CommandRun.of(
                "generate",
                "<a> cat and <b> cat",
                "--word",
                folder.resolve("both"),
                "--steps",
                1,
                "--model",
                TinyModel.shared(),
                "--out",
                folder.resolve("images"));
        assertEquals(0, painted.code(), painted.err());
        assertTrue(painted.err().contains("both changes 8 weights"), painted.err());
        assertMistake("holds a run already", merge(captions, folder.resolve("a")));
        captions = Files.writeString(folder.resolve("captions.txt"), "\n");
        assertMistake("no caption of ordinary pictures", merge(captions, folder.resolve("a")));
    }

    @Test
    void memoryIsToldBeforehandAndSavedOnRequest() {
        Object[] common = {"--method", "custom-diffusion", "--prompt", "<v1> cat", "--regularise", "none"};
        CommandRun plain = learn("plain", common);
        assertEquals(0, plain.code(), plain.err());
        String line = "hapax: this will need about \\d+ MiB"
                + " \\(weights \\d+ MiB, optimiser \\d+ MiB, activations \\d+ MiB\\)";
        String first = plain.err().lines().findFirst().orElse("");
        assertTrue(first.matches(line + "; --checkpointing would need about \\d+ MiB"), first);
        List<Object> options = new ArrayList<>(Arrays.asList(common));
        options.add("--checkpointing");
        CommandRun twice = learn("twice", options.toArray());
        assertEquals(0, twice.code(), twice.err());
        assertTrue(twice.err().lines().findFirst().orElse("").matches(line), twice.err());
        options.add("--resume");
        options.remove("--checkpointing");
        assertEquals(0, learn("twice", options.toArray()).code(), "goes on without");
        CommandRun words = learn("words", "--prompt", "<v1> cat", "--checkpointing");
        assertEquals(0, words.code(), words.err());
        assertFalse(words.err().contains("will need"), words.err());
    }

    private CommandRun merge(Path captions, Path... folders) {
        List<Object> all = new ArrayList<>(List.of("merge"));
        all.addAll(Arrays.asList(folders));
        all.addAll(List.of("--captions", captions, "--model", TinyModel.shared(), "--out", folder.resolve("both")));
        return CommandRun.of(all.toArray());
    }

    @Test
    void mistakesAreOneLineEach() {
        mistake("the class cat is given twice", "--method", "disendiff", "--prompt", "<v1> cat and <v2> cat");
        mistake("<v2> needs the name of its class behind it", "--method", "disendiff", "--prompt", "<v1> cat, <v2>");
        mistake("does not hold <v1> bird", "--method", "disendiff", "--prompt", "<v1> cat", "--class", "<v1>=bird");
        mistake("--class-prompt", "--method", "dreambooth", "--prompt", "a photo of sks cat");
        mistake("has no pictures", "--method", "dreambooth", "--prompt", "<v1> cat", "--regularise", empty());
        mistake("the rank of a LoRA must be at least 1", "--method", "disendiff", "--prompt", "<v1> cat", "--lora", 0);
        mistake("suppressions 0, 1 or 2", "--method", "disendiff", "--prompt", "<v1> cat", "--suppress", 3);
        assertFalse(Files.exists(folder.resolve("out")), "nothing is left behind");
    }

    private Path empty() {
        Path empty = folder.resolve("empty");
        assertTrue(empty.toFile().mkdirs());
        return empty;
    }

    private void mistake(String reason, Object... options) {
        assertMistake(reason, learn("out", options));
    }

    private static void assertMistake(String reason, CommandRun run) {
        assertFalse(run.code() == 0);
        assertTrue(run.err().contains(reason), run.err());
        assertEquals(
                1, run.err().strip().lines().filter(line -> !line.isBlank()).count(), run.err());
    }
}
