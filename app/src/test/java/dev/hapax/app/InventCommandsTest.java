package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static dev.hapax.app.OneLine.mistakeAtLast;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.run.FamilyTree;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inventing, mixing and breeding on Picturebook's own model, a few steps each. */
class InventCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void anInventedWordAsksRemembersGoesOnAndPaints() throws IOException {
        Path whole = folder.resolve("whole");
        CommandRun run = invent(whole, 12);
        assertEquals(0, run.code(), run.err());
        assertEquals("<new>\t" + whole.resolve("new.safetensors") + System.lineSeparator(), run.out());
        List<String> lines = Files.readAllLines(whole.resolve("negatives.jsonl"));
        assertEquals(2, lines.size(), "before steps 0 and 10");
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertEquals(
                "What kind of pet is in this photo?", first.path("question").asText());
        assertEquals("new", first.path("verdict").asText());
        assertEquals(5, first.path("answers").size());
        assertTrue(Files.exists(whole.resolve(first.path("image").asText())), first.toString());
        assertTrue(run.err().contains("looks like " + first.path("named").asText()), run.err());
        assertTrue(Files.exists(whole.resolve("samples").resolve("step-000005-1.png")));

        Path halves = folder.resolve("halves");
        assertEquals(0, invent(halves, 5).code());
        assertEquals(0, invent(halves, 12, "--resume").code());
        assertEquals(lines, Files.readAllLines(halves.resolve("negatives.jsonl")));
        try (Scope scope = Scope.open()) {
            assertArrayEquals(
                    WordFile.read(whole.resolve("new.safetensors")).vectors().toFloats(),
                    WordFile.read(halves.resolve("new.safetensors")).vectors().toFloats());
        }

        Path images = folder.resolve("images");
        CommandRun painted =
                CommandRun.of("generate", "a sketch of a <new>", "--word", whole, "--steps", 2, "--out", images);
        assertEquals(0, painted.code(), painted.err());
    }

    /** Thresholds, pictures, answers and steps: nothing of it may depend on time or on how many threads there are. */
    @Test
    void theSameSeedMakesTheSameWordBitByBit() throws IOException {
        Path once = folder.resolve("once");
        Path again = folder.resolve("again");
        Path other = folder.resolve("other");
        assertEquals(0, Engine.withThreads(1, () -> invent(once, 12)).code());
        assertEquals(0, Engine.withThreads(2, () -> invent(again, 12)).code());
        assertEquals(0, invent(other, 12, "--seed", 1).code());
        byte[] word = Files.readAllBytes(once.resolve("new.safetensors"));
        assertArrayEquals(word, Files.readAllBytes(again.resolve("new.safetensors")));
        assertFalse(Arrays.equals(word, Files.readAllBytes(other.resolve("new.safetensors"))), "the seed counts");
        assertEquals(
                Files.readString(once.resolve("negatives.jsonl")), Files.readString(again.resolve("negatives.jsonl")));
        for (String sample : List.of("asked-000010-1.png", "step-000010-2.png")) {
            assertArrayEquals(
                    Files.readAllBytes(once.resolve("samples").resolve(sample)),
                    Files.readAllBytes(again.resolve("samples").resolve(sample)),
                    sample);
        }
    }

    private CommandRun invent(Path out, int steps, Object... more) {
        Object[] plain = {"invent", "pet", "--out", out, "--steps", steps, "--ask-every", 10, "--sample-every", 5};
        return with(plain, more);
    }

    private static CommandRun with(Object[] plain, Object... more) {
        return CommandRun.of(Stream.of(plain, more).flatMap(Arrays::stream).toArray());
    }

    /** With the little Kandinsky of the reference numbers. */
    @Test
    void aPriorAndADecoderMakeAndPaintAWord() throws IOException {
        Path goldens = Path.of("../core/src/test/resources/goldens");
        Path kandinsky = Files.exists(goldens) ? goldens : Path.of("core/src/test/resources/goldens");
        Path prior = kandinsky.resolve("kandinsky-prior");
        Path decoder = kandinsky.resolve("kandinsky21");
        Path word = folder.resolve("word");
        CommandRun run = CommandRun.of(
                "invent",
                "pet",
                "--prior",
                prior,
                "--decoder",
                decoder,
                "--no-questions",
                "--against",
                "cat",
                "--out",
                word,
                "--steps",
                2,
                "--sample-every",
                2);
        assertEquals(0, run.code(), run.err());
        assertEquals(
                8,
                ImageIO.read(word.resolve("samples/step-000002-1.png").toFile()).getWidth() / 2);
        JsonNode settings =
                new ObjectMapper().readTree(word.resolve("run.json").toFile()).path("settings");
        assertEquals(
                "kandinsky21 behind kandinsky-prior", settings.path("model").asText());
        Path images = folder.resolve("images");
        CommandRun painted = CommandRun.of(
                "generate",
                "a <new>",
                "--word",
                word,
                "--prior",
                prior,
                "--decoder",
                decoder,
                "--steps",
                2,
                "--count",
                2,
                "--out",
                images);
        assertEquals(0, painted.code(), painted.err());
        assertEquals(2, painted.out().lines().count());
        mistake("--decoder needs --prior", CommandRun.of("generate", "a cat", "--decoder", decoder));
        mistake(
                "a prior and a decoder draw from noise alone; leave out --model, --lora, --box, --layout and --start",
                CommandRun.of(
                        "generate", "a cat", "--prior", prior, "--decoder", decoder, "--box", "cat=0.1,0.2,0.5,0.8"));
        mistake(
                "--decoder draws what a prior says: name the prior's folder with --prior DIR",
                CommandRun.of("invent", "pet", "--decoder", decoder, "--out", folder.resolve("other")));
        Object[] both = {"invent", "pet", "--out", folder.resolve("other"), "--prior", prior, "--decoder", decoder};
        mistake("draws what a prior says; leave --space linear out", with(both, "--space", "linear"));
        mistake(
                "a prior and a decoder draw without a Stable Diffusion; leave --model out, or --decoder",
                with(both, "--model", TinyModel.shared()));
    }

    @Test
    void picturesAreMixedAndWeightsAreMadeToSumToOne() throws IOException {
        Path a = picture("a", "cat");
        Path b = picture("b", "teapot");
        Path out = folder.resolve("mix");
        CommandRun run =
                CommandRun.of("mix", a, b, "--weights", "1,3", "--out", out, "--steps", 3, "--sample-every", 0);
        assertEquals(0, run.code(), run.err());
        assertTrue(
                run.err().contains("the weights [1.0, 3.0] do not sum to 1; they are taken as [0.25, 0.75]"),
                run.err());
        assertTrue(run.err().contains("the word starts from "), run.err());
        JsonNode settings =
                new ObjectMapper().readTree(out.resolve("run.json").toFile()).path("settings");
        assertEquals("[0.25,0.75]", settings.path("weights").toString());
        assertEquals(2, settings.path("pictures").size());
        assertTrue(Files.exists(out.resolve("mix.safetensors")));
    }

    @Test
    void aFamilyGrowsAndGoesOnWhereItWas() throws IOException {
        Path cats = pictures("cats", "cat");
        Path pots = pictures("pots", "teapot");
        Path family = folder.resolve("family");
        assertEquals(0, evolve(cats, pots, family, 1).code());
        long first = Files.getLastModifiedTime(family.resolve("g1-1").resolve("run.json"))
                .toMillis();
        CommandRun run = evolve(cats, pots, family, 2);
        assertEquals(0, run.code(), run.err());
        assertEquals(
                first,
                Files.getLastModifiedTime(family.resolve("g1-1").resolve("run.json"))
                        .toMillis(),
                "what was done is kept");
        FamilyTree tree = FamilyTree.read(family);
        assertEquals(
                List.of("cats", "pots", "g1-1", "g1-2", "g2-1", "g2-2"),
                tree.members().stream().map(FamilyTree.Member::name).toList());
        assertEquals(List.of("cats", "pots"), tree.members().get(2).parents());
        assertEquals(2 / 3.0, tree.members().get(2).weights().get(0), 1e-9, "siblings lie between their parents");
        assertEquals(List.of("g1-2", "g1-1"), tree.members().get(5).parents());
        assertTrue(tree.members().get(4).pictures().stream().allMatch(Files::exists));
        assertTrue(Files.exists(family.resolve("g2-1").resolve("g2-1.safetensors")), "each is a folder with a word");
        String page = Files.readString(family.resolve("family.html"));
        assertTrue(page.contains("Grandchildren") && page.contains("0.67 cats, 0.33 pots"));
        assertTrue(ImageIO.read(family.resolve("family.png").toFile()).getHeight() > 400);
    }

    @Test
    void aFamilyIsNotContinuedWithOtherSettingsAndMayDescendFromAnother() throws IOException {
        Path cats = pictures("cats", "cat");
        Path pots = pictures("pots", "teapot");
        Path family = folder.resolve("family");
        assertEquals(0, evolve(cats, pots, family, 1).code());
        byte[] tree = Files.readAllBytes(family.resolve("family.json"));
        mistakeAtLast(
                "the child in " + family.resolve("g1-1") + " was bred otherwise: weights was [0.6",
                evolve(cats, pots, family, 1, "--weights", "0.5,0.5"));
        mistakeAtLast(
                "was bred otherwise: 2 steps and not 3; give the same", evolve(cats, pots, family, 1, "--steps", 3));
        mistakeAtLast("was bred otherwise: pictures was", evolve(pots, cats, family, 1));
        assertArrayEquals(tree, Files.readAllBytes(family.resolve("family.json")), "nothing is rewritten");
        Path second = folder.resolve("second");
        CommandRun run = evolve(family.resolve("g1-1"), family.resolve("g1-2"), second, 1);
        assertEquals(0, run.code(), run.err());
        assertEquals(
                List.of("family-g1-1", "family-g1-2", "g1-1", "g1-2"),
                FamilyTree.read(second).members().stream()
                        .map(FamilyTree.Member::name)
                        .toList());
    }

    private static CommandRun evolve(Path a, Path b, Path out, int generations, Object... more) {
        List<Object> all = new ArrayList<>(List.of("evolve", a, b, "--out", out, "--generations", generations));
        all.addAll(List.of("--children", 2, "--pictures", 2, "--keep", 1));
        all.addAll(List.of(more));
        if (!all.contains("--steps")) {
            all.addAll(List.of("--steps", 2));
        }
        return CommandRun.of(all.toArray());
    }

    @Test
    void mistakesAreToldInOneLine() throws IOException {
        Path out = folder.resolve("out");
        mistake(
                "the category \"dragon\" is unknown; known are pet, plant, furniture,",
                CommandRun.of("invent", "dragon", "--out", out));
        Path a = picture("a", "cat");
        mistake(
                "weights must be at least 0 and not all 0, got [-0.5, 1.5]",
                CommandRun.of("mix", a, a, "--weights=-0.5,1.5", "--out", out));
        mistake(
                "3 weights [1.0, 2.0, 3.0] for 2 things",
                CommandRun.of("mix", a, a, "--weights", "1,2,3", "--out", out));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mistakeAtLast("the folder " + empty + " has no pictures", CommandRun.of("mix", a, empty, "--out", out));
        mistakeAtLast(
                "the parent folder " + empty + " has no pictures and no word",
                CommandRun.of("evolve", empty, empty, "--out", out));
        mistake("\"heap\" is no space", CommandRun.of("invent", "pet", "--space", "heap", "--out", out));
        mistake(
                "thresholds are cosines in [-1, 1]",
                CommandRun.of("invent", "pet", "--thresholds", "28,20", "--out", out));
        mistake(
                "the answerer \"oracle\" is unknown; known are clip",
                CommandRun.of("invent", "pet", "--answerer", "oracle", "--out", out));
        mistake("--answerer vilt needs a model", CommandRun.of("invent", "pet", "--answerer", "vilt", "--out", out));
        mistake(
                "--answerer clip takes the prior's own towers and does not read blip-vqa-base; say with",
                CommandRun.of("invent", "pet", "--answerer-model", "blip-vqa-base", "--out", out));
        for (String option : List.of("--answerer", "--answerer-model", "--ask-every", "--confidence", "--patience")) {
            mistake(
                    option + " is for questions, and --no-questions asks none; leave one of the two out",
                    CommandRun.of("invent", "pet", "--no-questions", option, 1, "--out", out));
        }
        mistake("has no prior; it has [", CommandRun.of("invent", "pet", "--prior", TinyModel.shared(), "--out", out));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    /** A folder with one picture. */
    private Path pictures(String name, String thing) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        Files.move(picture(name, thing), own.resolve("one.png"));
        return own;
    }

    /** Drawn by the model itself. */
    private Path picture(String name, String thing) throws IOException {
        Path images = folder.resolve("drawn-" + name);
        CommandRun run = CommandRun.of("generate", "a picture of a " + thing, "--steps", 4, "--out", images);
        assertEquals(0, run.code(), run.err());
        return Files.move(Path.of(run.out().strip()), folder.resolve(name + ".png"));
    }
}
