package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
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
        assertTrue(
                pair.err().contains("hapax: learns <v1> as a kind of \"cat\", <v2> as a kind of \"ball\"; name"),
                pair.err());
        Path weights = folder.resolve("pair").resolve("weights").resolve("changed.safetensors");
        assertTrue(Files.exists(weights));
        Config settings = settings("pair");
        assertEquals("disendiff", settings.text("method"));
        Config attention = settings.object("weights").object("attention");
        assertEquals(0.00375, attention.number("bind_weight"));
        assertEquals("cat", attention.object("classes").text("<v1>"));
        assertEquals(
                "cat and ball",
                settings.object("weights").object("regularisation").text("prompt"));
        assertEquals(
                List.of("pll", "ktn"),
                settings.json().path("words").findValuesAsText("init"),
                "as its authors have it");

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

    /** What is usual for Stable Diffusion moves the little model's weights hardly at all, and shows it padded pictures. */
    @Test
    void theEmbeddedModelHasAPaceOfItsOwn() {
        for (String method : List.of("dreambooth", "disendiff")) {
            CommandRun learned = CommandRun.of(
                    "learn",
                    picture,
                    "--method",
                    method,
                    "--prompt",
                    "a <a> cat and a <b> ball",
                    "--regularise",
                    "none",
                    "--steps",
                    1,
                    "--out",
                    folder.resolve(method));
            assertEquals(0, learned.code(), learned.err());
            Config settings = settings(method);
            assertEquals(3e-4, settings.number("rate"), method);
            assertEquals(3e-4, settings.object("weights").number("rate"), method);
            assertEquals(4, settings.number("batch"), method);
            assertFalse(settings.object("weights").json().path("augment").asBoolean(true), method);
            assertEquals(
                    "cat", settings.json().path("words").path(0).path("init").asText(), "no rare word of CLIP's");
        }
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
    void aPriorOfNoWeightDrawsNothing() {
        CommandRun learned = learn("out", "--method", "dreambooth", "--prompt", "a photo of sks cat", "--prior", 0);
        assertEquals(0, learned.code(), learned.err());
        assertFalse(learned.err().contains("drawing what regularises"), learned.err());
        assertFalse(Files.exists(folder.resolve("out").resolve("regularisation")));
        Config weights = settings("out").object("weights");
        assertEquals("none", weights.object("regularisation").text("source"));
    }

    @Test
    void aLoraOfDreamBoothLearnsAtARateOfItsOwn() {
        Object[] common = {"--method", "dreambooth", "--prompt", "a sks cat", "--regularise", "none"};
        assertEquals(0, learn("whole", common).code());
        assertEquals(5e-6, settings("whole").number("rate"));
        assertEquals(0, learn("lora", with(common, "--lora", 2)).code());
        assertEquals(1e-4, settings("lora").number("rate"));
        assertEquals(1e-4, settings("lora").object("weights").number("rate"));
    }

    private Config settings(String out) {
        return Config.read(folder.resolve(out).resolve("run.json")).object("settings");
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

    @Test
    void whatIsCutOffIsTold() {
        List<Object> options = new ArrayList<>(
                List.of("--method", "custom-diffusion", "--prompt", "<v1> cat", "--regularise", "none"));
        CommandRun cut = learn("cut", options.toArray());
        assertEquals(0, cut.code(), cut.err());
        assertTrue(cut.err().contains("pair.png (24 x 20): the middle square is learned; crop it yourself"), cut.err());
        options.add("--squeeze");
        CommandRun all = learn("all", options.toArray());
        assertEquals(0, all.code(), all.err());
        assertFalse(all.err().contains("middle square"), all.err());
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
        Object[] cat = {"--method", "disendiff", "--prompt", "<v1> cat"};
        mistake("exported LoRA must be at least 1, got 0", with(cat, "--regularise", "none", "--export-lora", 0));
        mistake("leave one of the two out", with(cat, "--lora", 2, "--export-lora", 4));
        mistake(
                "there is no folder \"generate\" of regularising pictures; give --regularise generated, none, or",
                with(cat, "--regularise", "generate"));
        mistake("suppressions 0, 1 or 2", "--method", "disendiff", "--prompt", "<v1> cat", "--suppress", 3);
        assertFalse(Files.exists(folder.resolve("out")), "nothing is left behind");
    }

    private static Object[] with(Object[] first, Object... more) {
        List<Object> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(more));
        return all.toArray();
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
