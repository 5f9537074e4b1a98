package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static dev.hapax.app.OneLine.mistakeAtLast;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.app.model.BundledModel;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.WordBox;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutCommandsTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path nouns;

    @BeforeEach
    void files() throws IOException {
        model = TinyModel.copyTo(folder.resolve("model"));
        nouns = Files.writeString(folder.resolve("nouns.txt"), "# things\ncat\nred cup\n\nball\n");
    }

    /** A predictor in the model's folder, trained on a few boxes by hand. */
    private CommandRun train() throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> names = List.of("cat", "red cup", "ball");
        for (String first : names) {
            for (String second : names) {
                if (!first.equals(second)) {
                    lines.add("{\"first\":\"" + first + "\",\"second\":\"" + second
                            + "\",\"boxes\":[[0.1,0.2,0.4,0.8],[0.6,0.3,0.9,0.7]]}");
                }
            }
        }
        Path boxes = Files.write(folder.resolve("boxes.jsonl"), lines);
        return CommandRun.of(
                "layout",
                "train",
                "--model",
                model,
                "--nouns",
                nouns,
                "--boxes",
                boxes,
                "--fit-steps",
                300,
                "--out",
                model.resolve("layout"));
    }

    private List<Object> generate(String prompt, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("generate", prompt, "--model", model, "--steps", 2));
        arguments.addAll(List.of("--out", folder.resolve("images")));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private CommandRun run(String prompt, Object... more) {
        return CommandRun.of(generate(prompt, more).toArray());
    }

    private static List<WordBox> boxes(CommandRun run) {
        assertEquals(0, run.code(), run.err());
        return PngImages.read(Path.of(run.out().strip()))
                .settings()
                .orElseThrow()
                .boxes();
    }

    @Test
    void aPredictorIsTrainedFromBoxesAndUsedByItself() throws IOException {
        CommandRun before = run("a cat beside a ball");
        byte[] plain = Files.readAllBytes(Path.of(before.out().strip()));
        CommandRun trained = train();
        assertEquals(0, trained.code(), trained.err());
        assertEquals(model.resolve("layout").toString(), trained.out().strip());
        assertTrue(trained.err().contains("hapax: 6 images, both things found once in 6, trained on "), trained.err());
        try (LayoutPredictor predictor = LayoutPredictor.open(model.resolve("layout"))) {
            assertEquals(List.of("cat", "red cup", "ball"), predictor.nouns().names());
            assertEquals(0.25, predictor.predict("cat", "ball").firstBox().centreX(), 0.1);
        }

        CommandRun held = run("a cat beside a ball");
        List<WordBox> boxes = boxes(held);
        assertEquals(List.of("cat", "ball"), boxes.stream().map(WordBox::word).toList());
        assertTrue(
                held.err().contains("hapax: predicted boxes for cat and ball: cat=0.")
                        && !held.err().contains("\nhapax"),
                held.err());
        assertFalse(Arrays.equals(plain, Files.readAllBytes(Path.of(held.out().strip()))));
        CommandRun none = run("a cat beside a ball", "--layout", "none");
        assertEquals(List.of(), boxes(none));
        assertArrayEquals(plain, Files.readAllBytes(Path.of(none.out().strip())), "the same model, the same image");
        String own = "cat=0.1,0.2,0.5,0.8";
        CommandRun byHand = run("a cat beside a ball", "--box", own);
        assertEquals("[" + own + "]", boxes(byHand).toString());
        assertFalse(byHand.err().contains("predicted"), byHand.err());
        Path picture = TinyModel.picture(folder.resolve("start.png"));
        assertEquals(List.of(), boxes(run("a cat beside a ball", "--start", picture)));
    }

    @Test
    void learnedAndNamedWordsArePlacedToo() throws IOException {
        train();
        Path word = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            new WordFile("<a>", Tensor.ones(DType.FLOAT32, 2, 16), Map.of()).write(word);
        }
        CommandRun learned = run("a <a> beside a red cup", "--word", word);
        assertEquals(
                List.of("<a>", "red cup"),
                boxes(learned).stream().map(WordBox::word).toList());
        assertTrue(learned.err().contains("predicted boxes for <a> (as "), learned.err());
        CommandRun named = run("a photo right of a cat", "--layout", "photo, cat");
        List<WordBox> boxes = boxes(named);
        assertEquals(List.of("photo", "cat"), boxes.stream().map(WordBox::word).toList());
        assertTrue(boxes.get(0).box().centreX() > boxes.get(1).box().centreX(), boxes::toString);
    }

    @Test
    void promptsThatAreNoPairAreDrawnWithoutBoxesUnlessOneAsked() throws IOException {
        train();
        String three = "the layout predictor places two different things, the prompt names cat, ball, red cup";
        CommandRun quiet = run("a cat, a ball and a red cup");
        assertEquals(List.of(), boxes(quiet));
        assertTrue(quiet.err().contains("hapax: no boxes: " + three), quiet.err());
        CommandRun one = run("a cat on a sofa");
        assertEquals(List.of(), boxes(one));
        assertFalse(one.err().contains("boxes"), one.err());
        CommandRun layered = run("a photo of {inner: a cat}{outer: a ball}");
        assertEquals(List.of(), boxes(layered), "what layers read differs");
        mistake(
                "the prompt \"a photo of {inner: a cat}{outer: and a ball}\" says other things in other layers or at other"
                        + " timesteps, and boxes look for words in one text; leave one of the two out",
                run("a photo of {inner: a cat}{outer: and a ball}", "--box", "cat=0.1,0.2,0.5,0.8"));
        mistake(
                three + "; give boxes with --box, or --layout none",
                run("a cat, a ball and a red cup", "--layout", "predicted"));
        mistake(
                "the layout predictor places things side by side, the prompt puts cat and ball otherwise",
                run("a cat above a ball", "--layout", "predicted"));
        mistake(
                "the layout predictor places two different things (cat, red cup, ball), the prompt names cat;",
                run("a cat on a sofa", "--layout", "predicted"));
        mistake(
                "--layout is none, predicted or two words of the prompt such as \"kitten,<a>\"; got \"cat\"",
                run("a cat and a ball", "--layout", "cat"));
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        mistake(
                "the model in " + model + " has no layout predictor; train one, hapax layout train --model " + model
                        + " --detector DIR --out " + model.resolve("layout") + ", or give boxes with --box",
                run("a cat and a ball", "--layout", "predicted"));
        mistake(
                "there is no detector " + model.resolve("detector") + "; give a DETR with --detector DIR",
                CommandRun.of("layout", "train", "--model", model, "--nouns", nouns, "--out", folder));
        Path detr = TinyModel.shared().resolveSibling("detr");
        mistake(
                "the detector does not know cat, red cup, ball; it knows LABEL_0, LABEL_1",
                CommandRun.of(
                        "layout", "train", "--model", model, "--nouns", nouns, "--detector", detr, "--out", folder));
        mistake(
                "--box says where things are, and --layout asks the predictor; give one of the two",
                run("a cat and a ball", "--layout", "predicted", "--box", "cat=0.1,0.2,0.5,0.8"));
        Path found = Files.writeString(folder.resolve("found.jsonl"), "");
        mistake(
                "there is no detector " + folder.resolve("typo")
                        + "; give a DETR with --detector DIR, or boxes alone with --boxes FILE",
                CommandRun.of(
                        "layout",
                        "train",
                        "--model",
                        model,
                        "--nouns",
                        nouns,
                        "--detector",
                        folder.resolve("typo"),
                        "--boxes",
                        found,
                        "--out",
                        folder));
        Path twice = Files.writeString(folder.resolve("twice.txt"), "cat\nball\ncat\n");
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("the noun \"cat\" is given twice; give each once", "--nouns", twice),
                List.of("--score is a probability in [0, 1], got 1.5", "--nouns", nouns, "--score", 1.5),
                List.of("got 0", "--nouns", nouns, "--fit-steps", 0))) {
            List<Object> command = new ArrayList<>(List.of("layout", "train", "--model", model, "--detector", detr));
            command.addAll(List.of("--out", folder.resolve("none")));
            command.addAll(wrong.subList(1, wrong.size()));
            CommandRun train = CommandRun.of(command.toArray());
            assertEquals(2, train.code(), train.err());
            assertTrue(train.err().contains(wrong.get(0).toString()), train.err());
            assertFalse(Files.exists(folder.resolve("none")), "before anything is drawn");
        }
        Path one = Files.writeString(folder.resolve("one.txt"), "cat\n");
        mistake(
                "prompts of pairs need at least two nouns and a word between them, got [cat] and \"and\"",
                CommandRun.of(
                        "layout", "train", "--model", model, "--nouns", one, "--detector", detr, "--out", folder));
    }

    @Test
    void anotherModelsPredictorIsRefused() throws IOException {
        Path other = BundledModel.unpack(Map.of()).resolve("layout");
        Files.createDirectory(model.resolve("layout"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(other.resolve(file), model.resolve("layout").resolve(file));
        }
        int width;
        try (LayoutPredictor predictor = LayoutPredictor.open(other)) {
            width = predictor.nouns().width();
        }
        mistake(
                "the layout predictor was made for a text encoder of width " + width
                        + ", this model's has 16; train one with this model, or draw without boxes (--layout none)",
                run("a cat and a ball"));
        assertEquals(List.of(), boxes(run("a cat and a ball", "--layout", "none")));
    }

    @Test
    void imagesAreDrawnOnceAndLookedAt() throws IOException {
        Path detr = TinyModel.shared().resolveSibling("detr");
        Path labels = Files.writeString(folder.resolve("labels.txt"), "LABEL_0\nLABEL_1\nLABEL_2\nLABEL_3\nLABEL_4\n");
        Path out = folder.resolve("layout");
        Path images = folder.resolve("pairs");
        List<Object> command = new ArrayList<>(List.of("layout", "train", "--model", model, "--nouns", labels));
        command.addAll(List.of("--detector", detr, "--score", 0.999, "--steps", 1, "--images", images, "--out", out));
        command.addAll(List.of("--count", 2));
        mistakeAtLast(
                "of 0 pictures in which both things were found, none shows them side by side",
                CommandRun.of(command.toArray()));
        command.set(command.size() - 1, 3);
        CommandRun more = CommandRun.of(command.toArray());
        assertTrue(more.err().contains("drawing pairs") && more.err().contains("0 of 1 show both things"), more.err());
        List<String> lines = Files.readAllLines(out.resolve("boxes.jsonl"));
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).startsWith("{\"images\":{\"model\":\""), lines.get(0));
        assertTrue(lines.get(3).startsWith("{\"image\":2,\"first\":\"LABEL_"), lines.get(3));
        try (var files = Files.list(images)) {
            assertEquals(3, files.count());
        }
    }
}
