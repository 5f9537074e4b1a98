package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.method.conceptlab.AdaptiveNegatives;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.TextEmbeddings;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Word;
import dev.hapax.vision.ClipModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Stable Diffusion 1.x: no prior, a text tower without a projection, and an image tower in the safety checker. Text is 16
 * wide here, pictures are 32.
 */
class WithoutPriorTest {
    private static final List<String> PETS = List.of("cat", "dog");
    private static final List<Context> CONTEXTS = List.of(Context.of("a photo of a {}"), Context.of("a {}"));

    @TempDir
    private Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void putAnImageTowerIntoASafetyChecker() throws IOException {
        root = folder.resolve("sd");
        Folders.copy(Folders.GOLDENS.resolve("sd-tiny"), root);
        Path towers = Folders.GOLDENS.resolve("kandinsky-prior");
        Folders.copy(towers.resolve("image_processor"), root.resolve("feature_extractor"));
        ObjectMapper json = new ObjectMapper();
        Path checker = Files.createDirectory(root.resolve("safety_checker"));
        ObjectNode config = json.createObjectNode().put("projection_dim", 32);
        config.set(
                "vision_config",
                json.readTree(towers.resolve("image_encoder/config.json").toFile()));
        json.writeValue(checker.resolve("config.json").toFile(), config);
        try (Scope scope = Scope.open();
                SafetensorsFile file = SafetensorsFile.open(towers.resolve("image_encoder/model.safetensors"))) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            file.names()
                    .forEach(name -> weights.put(
                            name.startsWith("vision_model.") ? "vision_model." + name : name, file.tensor(name)));
            weights.put("concept_embeds", Tensor.zeros(DType.FLOAT32, 17, 32)); // what else a checker has
            SafetensorsWriter.write(checker.resolve("model.safetensors"), weights, Map.of());
        }
    }

    @Test
    void theImageTowerIsThatOfTheSafetyChecker() {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off();
                PriorModel model = PriorModel.open(root, PriorModel.Kind.TEXT);
                PriorModel own = PriorModel.open(Folders.GOLDENS.resolve("kandinsky-prior"), PriorModel.Kind.TEXT)) {
            assertEquals("safety_checker", model.requiredVision().part());
            Tensor pixels = new Rng(1).normal(dev.hapax.tensor.Purpose.EVALUATION, 0, 0, 1, 3, 32, 32);
            assertArrayEquals(
                    own.requiredVision().encoder().encode(pixels).projected().toFloats(),
                    model.requiredVision().encoder().encode(pixels).projected().toFloats());
            assertEquals(16, model.prior().width(), "the state of the end token stands for the projection");
            assertTrue(model.towersHash().isPresent());
            String message = message(() -> model.requiredEyes());
            assertTrue(message.contains("has no projection, so CLIP cannot compare pictures with names"), message);
        }
        assertTrue(message(() -> PriorModel.open(root, PriorModel.Kind.PRIOR)).contains("has no prior; it has ["));
    }

    @Test
    void aRealPriorIsNotReadWithATextTowerThatHasNoProjection() throws IOException {
        Folders.copy(Folders.GOLDENS.resolve("kandinsky-prior/prior"), root.resolve("prior"));
        String message = message(() -> PriorModel.open(root, PriorModel.Kind.PRIOR));
        assertTrue(message.startsWith("a prior reads projected text embeddings, and the text tower in"), message);
    }

    @Test
    void aFittedPriorBringsNamesAndWordsAmongPictures() throws IOException {
        try (Scope scope = Scope.open();
                StableDiffusion model = StableDiffusion.open(root, DType.FLOAT32, Device.CPU);
                PriorModel towers = PriorModel.open(root, PriorModel.Kind.TEXT);
                PriorModel fitted = LinearFit.of(
                        model, towers, List.of("a cat", "a dog", "a red ball", "a cup"), 3, folder, more -> {});
                TextEmbeddings names = fitted.names()) {
            try (Gradients.Region off = Gradients.off()) {
                List<TokenIds> cat = List.of(fitted.tokenizer().encode("a cat"));
                TextCondition text = TextCondition.of(fitted.texts().encode(cat, Lexicon.empty()), cat);
                assertArrayEquals(
                        ClipModel.normalised(fitted.prior().draw(text, new Rng(0), 0))
                                .toFloats(),
                        names.of("a cat").toFloats(),
                        1e-5f);
                assertEquals(32, fitted.prior().width());
            }
            Path run = invent(model, fitted, Optional.of(ASKED));
            List<String> questions = Files.readAllLines(new RunFolder(run).questions());
            assertEquals(2, questions.size());
            assertTrue(questions.get(0).contains("\"verdict\":\"new\""), questions::toString);
        }
    }

    @Test
    void inTheSpaceOfTextsNobodyLooksAtPictures() {
        try (Scope scope = Scope.open();
                StableDiffusion model = StableDiffusion.open(root, DType.FLOAT32, Device.CPU);
                PriorModel texts = PriorModel.open(root, PriorModel.Kind.TEXT)) {
            String message = message(() -> invent(model, texts, Optional.of(ASKED)));
            assertTrue(message.contains("or nobody (--no-questions)"), message);
            assertFalse(Files.exists(folder.resolve("run")), "nothing is begun");
            assertTrue(Files.exists(invent(model, texts, Optional.empty())));
        }
    }

    @Test
    void aWordThatTheModelCannotDrawIsRefusedBeforeItIsLearned() {
        Path kandinsky = Folders.GOLDENS.resolve("kandinsky-prior"); // whose words are 32 wide
        try (Scope scope = Scope.open();
                StableDiffusion model = StableDiffusion.open(root, DType.FLOAT32, Device.CPU);
                PriorModel prior = PriorModel.open(kandinsky, PriorModel.Kind.PRIOR)) {
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> invent(model, prior, Optional.empty()))
                            .getMessage());
            assertTrue(message.contains("<new>") && message.contains("32") && message.contains("16"), message);
            assertFalse(Files.exists(folder.resolve("run")), "nothing is begun");
        }
    }

    private static final AdaptiveNegatives.Settings ASKED =
            new AdaptiveNegatives.Settings(1, "what is it?", "pet", 0, 0);

    private Path invent(StableDiffusion model, PriorModel prior, Optional<AdaptiveNegatives.Settings> questions) {
        Path run = folder.resolve("run");
        InventRequest request = new InventRequest(
                Word.of("<new>", "cat"),
                CONTEXTS,
                CONTEXTS,
                new InventRequest.Member(
                        List.of("pet"),
                        Weighting.of(List.of(), 1),
                        List.of(),
                        PETS,
                        List.of("car", "house"),
                        Optional.empty(),
                        1,
                        questions),
                new LearnRequest.Pace(2, 1e-3, 1, 5, 0));
        new Inventing(
                        Illustrator.of(model),
                        prior,
                        request,
                        new RunFolder(run),
                        InstantSource.system(),
                        Optional.empty())
                .run(new Learning.Options(1, 0, false), (metric, steps) -> {});
        return run;
    }

    private static String message(org.junit.jupiter.api.function.Executable mistake) {
        return String.valueOf(assertThrows(CheckpointException.class, mistake).getMessage());
    }
}
