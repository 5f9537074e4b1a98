package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.lora.WeightedLora;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightLearningTest {
    private static final String PROMPT = "<a> cat and <b> ball";
    private static final String KEY = "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight";
    private static StableDiffusion model;

    /** What a kill looks like from inside. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path folder;

    private Path picture;

    @BeforeAll
    static void open() throws URISyntaxException {
        model = StableDiffusion.open(
                Path.of(Objects.requireNonNull(WeightLearningTest.class.getResource("/goldens/sd-tiny"))
                        .toURI()),
                DType.FLOAT32,
                Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @BeforeEach
    void draw() throws IOException {
        picture = draw(folder.resolve("pair.png"), 7919);
    }

    private static Path draw(Path file, int colour) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, i * colour);
        }
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static WeightSettings settings(
            OptionalInt rank, Regularisation prior, Map<Path, String> concepts, OptionalInt export) {
        return new WeightSettings(
                rank, false, 1e-3, 1, prior, true, DisenDiffSettings.SHIPPED, Map.of(), concepts, export);
    }

    private static WeightSettings plain() {
        return settings(OptionalInt.empty(), Regularisation.NONE, Map.of(), OptionalInt.empty());
    }

    private LearnRequest request(
            MethodName method, String prompt, List<Word> words, int steps, WeightSettings weights) {
        return new LearnRequest(
                List.of(picture),
                method,
                method.regularisers(),
                prompt,
                List.of("{}"),
                words,
                new LearnRequest.Pace(steps, 0.01, 1, 5, 0.5),
                OptionalInt.empty(),
                weights);
    }

    private LearnRequest disenDiff(int steps, WeightSettings weights) {
        return request(MethodName.DISENDIFF, PROMPT, InitWords.of(PROMPT, Map.of(), 1), steps, weights);
    }

    private static Map<String, Path> learn(RunFolder out, LearnRequest request, boolean resume, int kill) {
        return new Learning(model, request, out, () -> Instant.EPOCH)
                .run(new Learning.Options(2, 0, resume), (metric, all) -> {
                    if (metric.step() == kill) {
                        throw new Killed();
                    }
                });
    }

    private RunFolder learned(String name, LearnRequest request) {
        RunFolder out = new RunFolder(folder.resolve(name));
        learn(out, request, false, Integer.MAX_VALUE);
        return out;
    }

    private static float[] weight(StableDiffusion of, String name) {
        int dot = name.indexOf('.');
        try (Scope scope = Scope.open()) {
            return of.part(name.substring(0, dot))
                    .orElseThrow()
                    .weights()
                    .get(name.substring(dot + 1), 24, 16)
                    .toFloats();
        }
    }

    @Test
    void aRunMayGoOnWithCheckpointingOrWithout() throws IOException {
        RunFolder plain = learned("plain", disenDiff(4, plain()));
        RunFolder mixed = new RunFolder(folder.resolve("mixed"));
        assertThrows(
                Killed.class,
                () -> new Learning(model, disenDiff(4, plain()), mixed, () -> Instant.EPOCH)
                        .run(new Learning.Options(2, 0, false, true), (metric, all) -> {
                            if (metric.step() == 3) {
                                throw new Killed();
                            }
                        }));
        learn(mixed, disenDiff(4, plain()), true, Integer.MAX_VALUE);
        assertArrayEquals(stored(plain.weights(), KEY), stored(mixed.weights(), KEY), 1e-5f);
        assertEquals(
                Config.read(plain.record()).object("settings").json(),
                Config.read(mixed.record()).object("settings").json(),
                "nothing is said of it");
    }

    private static float[] stored(Path file, String name) {
        try (Scope scope = Scope.open();
                SafetensorsFile opened = SafetensorsFile.open(file)) {
            return opened.tensor(name).toFloats();
        }
    }

    @Test
    void anInterruptedRunReachesTheSameBits() throws IOException {
        WeightSettings weights =
                settings(OptionalInt.empty(), Regularisation.generated(2, "cat and ball"), Map.of(), OptionalInt.of(2));
        RunFolder whole = learned("whole", disenDiff(5, weights));
        RunFolder killed = new RunFolder(folder.resolve("killed"));
        assertThrows(Killed.class, () -> learn(killed, disenDiff(5, weights), false, 3));
        assertFalse(Files.exists(killed.weights()));
        learn(killed, disenDiff(5, weights), true, Integer.MAX_VALUE);
        for (Path file : List.of(
                whole.weights(),
                whole.lora(),
                whole.state(),
                whole.metrics(),
                whole.root().resolve("a.safetensors"))) {
            Path other = killed.root().resolve(whole.root().relativize(file).toString());
            assertEquals(-1, Files.mismatch(file, other), file.toString());
        }
        assertEquals(
                List.of("0000.png", "0001.png"),
                Arrays.stream(Objects.requireNonNull(
                                whole.regularising().toFile().list()))
                        .sorted()
                        .toList());
        assertEquals(
                "cat and ball",
                PngImages.read(whole.regularising().resolve("0000.png"))
                        .settings()
                        .orElseThrow()
                        .prompt());
    }

    @Test
    void aFolderPutsItsWeightsIntoTheModelAndLeavesTheModelAlone() {
        float[] before = weight(model, KEY);
        RunFolder out = learned("out", disenDiff(3, plain()));
        assertArrayEquals(before, weight(model, KEY), "learning leaves the model alone");
        assertEquals(8, names(out.weights()), "keys and values of four layers and nothing else");
        Path image = folder.resolve("image.png");
        try (Painter painter = Painter.open(model, List.of(out.root()))) {
            assertEquals(List.of(out.root() + " changes 8 weights of the model"), painter.notes());
            painter.paintTo(image, painter.request("<a> cat").withSteps(2));
        }
        assertArrayEquals(before, weight(model, KEY), "painting leaves the model alone");
        var saved = PngImages.read(image).settings().orElseThrow();
        assertEquals(model.name() + "+out", saved.model());
        assertNotEquals(model.hash(), saved.modelHash());
        Path plain = folder.resolve("plain.png");
        try (Painter painter = Painter.open(model, List.of(out.root().resolve("a.safetensors")))) {
            assertEquals(List.of(), painter.notes());
            painter.paintTo(plain, painter.request("<a> cat").withSteps(2));
        }
        assertFalse(Arrays.equals(
                PngImages.read(image).image().getRGB(0, 0, 8, 8, null, 0, 8),
                PngImages.read(plain).image().getRGB(0, 0, 8, 8, null, 0, 8)));
    }

    private static int names(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            return opened.names().size();
        }
    }

    @Test
    void changesOfSeveralFoldersAreAddedUp() {
        float[] base = weight(model, KEY);
        RunFolder first = learned("first", disenDiff(2, plain()));
        String prompt = "<c> ball";
        RunFolder second = learned(
                "second",
                request(
                        MethodName.CUSTOM_DIFFUSION,
                        prompt,
                        InitWords.of(prompt, Map.of("<c>", "red"), 1),
                        3,
                        plain()));
        RunFolder lora = learned(
                "zlora",
                request(
                        MethodName.CUSTOM_DIFFUSION,
                        "<d> ball",
                        List.of(Word.of("<d>", "red")),
                        3,
                        settings(OptionalInt.of(2), Regularisation.NONE, Map.of(), OptionalInt.empty())));
        assertFalse(Files.exists(lora.weights()));
        float[] one = stored(first.weights(), KEY);
        float[] two = stored(second.weights(), KEY);
        try (LearnedChanges single = LearnedChanges.open(model, List.of(first.root()))) {
            assertArrayEquals(one, weight(single.model(), KEY), "alone to the last bit");
        }
        try (LearnedChanges both = LearnedChanges.open(model, List.of(first.root(), second.root()));
                LearnedChanges all = LearnedChanges.open(model, List.of(first.root(), second.root(), lora.root()))) {
            float[] sum = weight(both.model(), KEY);
            for (int i = 0; i < base.length; i++) {
                assertEquals((double) one[i] + two[i] - base[i], sum[i], 1e-6);
            }
            assertEquals(
                    first.root() + " and " + second.root() + " change the same 8 weights: their changes are added up",
                    both.notes().get(2));
            assertEquals(6, all.notes().size(), all.notes().toString());
            assertEquals(1, all.model().loras().size());
            assertFalse(Arrays.equals(sum, weight(all.model(), KEY)));
        }
    }

    @Test
    void theExportedLoraOfFullRankIsTheWholeChange() {
        RunFolder out = learned(
                "out", disenDiff(3, settings(OptionalInt.empty(), Regularisation.NONE, Map.of(), OptionalInt.of(999))));
        try (StableDiffusion with =
                model.withLoras(List.of(new WeightedLora(out.lora().getParent(), 1)))) {
            assertArrayEquals(stored(out.weights(), KEY), weight(with, KEY), 1e-5f);
        }
    }

    @Test
    void dreamBoothNeedsNoWord() {
        RunFolder out = learned("out", request(MethodName.DREAMBOOTH, "a photo of sks cat", List.of(), 2, plain()));
        assertEquals(0, out.wordFiles(List.of()).size());
        try (Painter painter = Painter.open(model, List.of(out.root()))) {
            assertTrue(painter.words().isEmpty());
            painter.paintTo(
                    folder.resolve("x.png"),
                    painter.request("a photo of sks cat").withSteps(2));
        }
    }

    @Test
    void severalConceptsHavePicturesOfTheirOwn() throws IOException {
        Path other = draw(folder.resolve("balls").resolve("ball.png"), 104729);
        Map<Path, String> concepts = new LinkedHashMap<>();
        concepts.put(picture, "<a> cat");
        concepts.put(other.getParent(), "<b> ball");
        WeightSettings weights = settings(OptionalInt.empty(), Regularisation.NONE, concepts, OptionalInt.empty());
        LearnRequest request = new LearnRequest(
                List.of(picture, other.getParent()),
                MethodName.CUSTOM_DIFFUSION,
                MethodName.CUSTOM_DIFFUSION.regularisers(),
                PROMPT,
                List.of("photo of a {}"),
                InitWords.of(PROMPT, Map.of(), 1),
                new LearnRequest.Pace(3, 0.01, 2, 5, 0),
                OptionalInt.empty(),
                weights);
        assertEquals(
                2,
                learn(new RunFolder(folder.resolve("out")), request, false, Integer.MAX_VALUE)
                        .size());
    }

    @Test
    void pictureAndCaptionOfAFolderRegularise() throws IOException {
        Path prior = folder.resolve("prior");
        draw(prior.resolve("one.png"), 31);
        draw(prior.resolve("two.png"), 37);
        Files.writeString(prior.resolve("two.txt"), "a ball on grass\n");
        RegularisingPictures pictures = new RegularisingPictures(
                Regularisation.from(prior, "a cat"), model, new RunFolder(folder.resolve("out")), 1);
        try (Scope scope = Scope.open()) {
            var examples = pictures.examples(pictures.files((metric, all) -> {}), 16);
            assertEquals("a cat", examples.get(0).regularises().orElseThrow());
            assertEquals("a ball on grass", examples.get(1).regularises().orElseThrow());
        }
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String message = assertThrows(
                        CheckpointException.class,
                        () -> learned(
                                "out",
                                disenDiff(
                                        2,
                                        settings(
                                                OptionalInt.empty(),
                                                Regularisation.from(empty, "a cat"),
                                                Map.of(),
                                                OptionalInt.empty()))))
                .getMessage();
        assertTrue(message.contains("empty has no pictures"), message);
    }

    @Test
    void weightsOfAnotherModelAreRefused() {
        RunFolder out = learned("out", disenDiff(2, plain()));
        try (Scope scope = Scope.open();
                SafetensorsFile opened = SafetensorsFile.open(out.weights())) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            opened.names().forEach(name -> tensors.put(name, opened.tensor(name).copy()));
            Map<String, String> texts = new LinkedHashMap<>(opened.metadata());
            texts.put("model_sha256", "0123456789abcdef");
            texts.put("model", "other");
            SafetensorsWriter.write(out.weights(), tensors, texts);
        }
        assertRefused("holds weights of the model other (SHA-256 0123456789ab)", out);
        SafetensorsWriter.write(out.weights(), Map.of("unet.mid_block.x", Tensor.scalar(1)), Map.of());
        assertRefused("changes unet.mid_block.x, which this model does not have", out);
        SafetensorsWriter.write(out.weights(), Map.of(KEY, Tensor.zeros(DType.FLOAT32, 2, 3)), Map.of());
        assertRefused("of shape [2, 3], this model's has [24, 16]", out);
        SafetensorsWriter.write(out.weights(), Map.of("<a>", Tensor.scalar(1)), Map.of());
        assertRefused("holds <a>, which is no weight of the parts", out);
    }

    private static void assertRefused(String reason, RunFolder folder) {
        String message = assertThrows(CheckpointException.class, () -> Painter.open(model, List.of(folder.root())))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void mergedConceptsReadTheirPromptsAsBefore() {
        for (String word : List.of("a", "b")) {
            String prompt = "<" + word + "> cat";
            learned(
                    word,
                    request(
                            MethodName.CUSTOM_DIFFUSION,
                            prompt,
                            InitWords.of(prompt, Map.of(), 1),
                            word.equals("a") ? 3 : 8,
                            plain()));
        }
        RunFolder both = new RunFolder(folder.resolve("both"));
        List<Path> folders = List.of(folder.resolve("a"), folder.resolve("b"));
        new Merging(model, List.of("a red cup", " ", "a dog on the grass")).merge(folders, both);
        try (Scope scope = Scope.open();
                Painter painter = Painter.open(model, List.of(both.root()))) {
            assertEquals(List.of(both.root() + " changes 8 weights of the model"), painter.notes());
            SinglePromptEncoder text = (SinglePromptEncoder) model.text();
            float[] merged = stored(both.weights(), KEY);
            for (Path folder : folders) {
                String token = "<" + folder.getFileName() + ">";
                Lexicon words = Lexicon.empty()
                        .with(
                                token,
                                WordFile.read(folder.resolve(folder.getFileName() + ".safetensors"))
                                        .vectors());
                Tensor rows = text.encoder()
                        .encode(List.of(text.tokenizer().encode(token + " cat", words)), words)
                        .last()
                        .select(0, 0)
                        .narrow(0, 1, 2); // the word and what follows
                float[] own = stored(new RunFolder(folder).weights(), KEY);
                assertArrayEquals(read(own, rows), read(merged, rows), 1e-4f);
            }
            assertFalse(Arrays.equals(merged, weight(model, KEY)));
        }
        assertEquals(
                "<a> cat and <b> cat",
                Config.read(both.record()).object("settings").text("prompt"));
        assertThrows(IllegalArgumentException.class, () -> new Merging(model, List.of(" ")));
    }

    private static float[] read(float[] weight, Tensor rows) {
        return rows.matmul(Tensor.of(weight, 24, 16).transpose(0, 1)).toFloats();
    }

    @Test
    void classesAreAllTheOrdinaryWordsBehind() {
        List<Word> words = InitWords.of("<a> teddy bear, <b> ball and <c> dog", Map.of(), 1);
        assertEquals(
                Map.of("<a>", "teddy bear", "<b>", "ball", "<c>", "dog"),
                ClassNames.of("<a> teddy bear, <b> ball and <c> dog", words, Map.of()));
        assertEquals("teddy bear, ball and dog", ClassNames.without("<a> teddy bear, <b> ball and <c> dog", words));
        assertThrows(IllegalArgumentException.class, () -> ClassNames.of("<a> cat", words, Map.of("<x>", "cat")));
    }
}
