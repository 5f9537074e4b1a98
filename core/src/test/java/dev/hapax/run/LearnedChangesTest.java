package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.TunableModel;
import dev.hapax.lora.LoraReport;
import dev.hapax.lora.WeightedLora;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LearnedChangesTest extends WeightRuns {
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
            assertEquals(7, all.notes().size(), all.notes().toString());
            assertTrue(
                    all.notes()
                            .get(3)
                            .matches("zlora at 1\\.0: all 16 tensors matched, norm of the change \\S+ in unet \\(\\S+ %"
                                    + " of 8 weights\\)"),
                    all.notes().get(3));
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

    private RunFolder dreamBooth(OptionalInt export) {
        WeightSettings both = new WeightSettings(
                OptionalInt.empty(),
                true,
                1e-2,
                1,
                Regularisation.NONE,
                false,
                DisenDiffSettings.SHIPPED,
                Map.of(),
                Map.of(),
                export);
        return learned("out", request(MethodName.DREAMBOOTH, "a photo of sks cat", List.of(), 2, both));
    }

    /** A published implementation drops it where it paints. */
    @Test
    void aTextEncoderThatWasTunedReadsThePrompts() {
        RunFolder out = dreamBooth(OptionalInt.empty());
        try (Scope scope = Scope.open();
                SafetensorsFile file = SafetensorsFile.open(out.weights());
                LearnedChanges changes = LearnedChanges.open(model, List.of(out.root()))) {
            Map<String, Tensor> learned = new LinkedHashMap<>();
            file.names().stream()
                    .filter(name -> name.startsWith("text_encoder."))
                    .forEach(name -> learned.put(name, file.tensor(name)));
            assertTrue(learned.size() > 10, learned.keySet().toString());
            ModelPart part = changes.model().part("text_encoder").orElseThrow();
            learned.forEach((name, tensor) -> assertArrayEquals(
                    tensor.toFloats(),
                    part.weights()
                            .get(name.substring("text_encoder.".length()), tensor.shape())
                            .toFloats(),
                    name));
            TunableModel tunable = new TunableModel(
                    model.part("unet").orElseThrow(), model.part("text_encoder").orElseThrow());
            float[] found = read(SinglePromptEncoder.of(changes.model()).encoder());
            assertArrayEquals(read(tunable.textEncoder(learned)), found);
            assertFalse(Arrays.equals(read(SinglePromptEncoder.of(model).encoder()), found));
        }
    }

    private static float[] read(ClipTextEncoder encoder) {
        TokenIds cat = SinglePromptEncoder.of(model).tokenizer().encode("a cat", Lexicon.empty());
        return encoder.encode(List.of(cat), Lexicon.empty()).last().toFloats();
    }

    @Test
    void everyMatrixThatIsMultipliedGoesIntoTheExportedLora() {
        RunFolder out = dreamBooth(OptionalInt.of(2));
        Set<String> exported = new TreeSet<>();
        try (SafetensorsFile file = SafetensorsFile.open(out.lora())) {
            file.names().forEach(name -> exported.add(name.replaceAll("\\.lora.*", ".weight")));
        }
        Set<String> matrices = new TreeSet<>();
        try (SafetensorsFile file = SafetensorsFile.open(out.weights())) {
            file.names().stream().filter(name -> file.shape(name).length == 2).forEach(matrices::add);
        }
        assertTrue(exported.contains("unet.time_embedding.linear_1.weight"), exported.toString());
        assertTrue(matrices.remove("text_encoder.text_model.embeddings.position_embedding.weight"));
        assertEquals(matrices, exported);
        try (StableDiffusion with =
                        model.withLoras(List.of(new WeightedLora(out.lora().getParent(), 1)));
                StableDiffusion kohya = model.withLoras(List.of(new WeightedLora(out.kohya(), 1)))) {
            List<LoraReport.Effect> ours = with.loras().get(0).effects();
            List<LoraReport.Effect> theirs = kohya.loras().get(0).effects();
            assertEquals(2, ours.size(), "both parts");
            for (int i = 0; i < 2; i++) {
                assertEquals(ours.get(i).weights(), theirs.get(i).weights());
                assertEquals(
                        ours.get(i).change(),
                        theirs.get(i).change(),
                        1e-6 * ours.get(i).change());
            }
        }
        try (SafetensorsFile file = SafetensorsFile.open(out.kohya())) {
            assertTrue(file.names().contains("lora_unet_time_embedding_linear_1.alpha"), "kohya's own naming");
        }
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
        Path lora = out.lora().getParent();
        String apart = "words and LoRA apart: --word " + out.root().resolve("a.safetensors") + " --word "
                + out.root().resolve("b.safetensors") + " --lora " + lora;
        assertRefused(apart + ", which hapax learn writes with --export-lora RANK", out);
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
}
