package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.prior.OneStepPrior;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.prior.TextPrior;
import dev.hapax.prior.UnclipPrior;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorModelTest {
    @TempDir
    private Path folder;

    @Test
    void theKindOfPriorFollowsFromTheFolder() throws IOException {
        try (Scope scope = Scope.open()) {
            try (PriorModel model = PriorModel.open(root(), PriorModel.Kind.PRIOR)) {
                assertTrue(model.prior() instanceof UnclipPrior);
                assertTrue(model.prior().purpose().contains("Kandinsky"));
            }
            try (PriorModel model = PriorModel.open(root(), PriorModel.Kind.TEXT)) {
                assertTrue(model.prior() instanceof TextPrior);
            }
            copy();
            ObjectNode config = config("prior");
            config.put("additional_embeddings", 3);
            write("prior", config);
            Weights declared = Weights.of(new Initializer(2));
            PriorTransformer.of(Config.read(folder.resolve("prior/config.json")), declared);
            SafetensorsWriter.write(
                    folder.resolve("prior/diffusion_pytorch_model.safetensors"), declared.used(), Map.of());
            try (PriorModel model = PriorModel.open(folder, PriorModel.Kind.PRIOR)) {
                assertTrue(model.prior() instanceof OneStepPrior);
                try (Gradients.Region off = Gradients.off()) {
                    List<TokenIds> cat = List.of(model.tokenizer().encode("a cat"));
                    TextCondition text = TextCondition.of(model.texts().encode(cat, Lexicon.empty()), cat);
                    Tensor noise = new Rng(3).normal(Purpose.PRIOR, 5, 0, 1, 32);
                    Tensor once = PriorTransformer.of(Config.read(folder.resolve("prior/config.json")), declared)
                            .predict(noise, Tensor.scalar(0), text);
                    assertArrayEquals(
                            once.toFloats(),
                            model.prior().draw(text, new Rng(3), 5).toFloats(),
                            1e-5f,
                            "one pass, without guidance, and its result is the embedding");
                }
            }
        }
    }

    @Test
    void aPriorAndAVisionTowerOfDifferentWidthAreRefused() throws IOException {
        copy();
        ObjectNode config = config("image_encoder");
        config.put("projection_dim", 24);
        write("image_encoder", config);
        Path file = folder.resolve("image_encoder/model.safetensors");
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            try (SafetensorsFile opened = SafetensorsFile.open(file)) {
                opened.names()
                        .forEach(name -> weights.put(name, opened.tensor(name).copy()));
            }
            weights.computeIfPresent(
                    "visual_projection.weight",
                    (name, old) -> old.narrow(0, 0, 24).contiguous());
            SafetensorsWriter.write(file, weights, Map.of());
            var error = assertThrows(CheckpointException.class, () -> PriorModel.open(folder, PriorModel.Kind.PRIOR));
            assertEquals(
                    "in " + folder
                            + " the prior draws embeddings of 32 numbers, and the vision tower has a space of 24;"
                            + " take the vision tower that it was trained with",
                    error.getMessage());
        }
    }

    private static Path root() {
        return Folders.GOLDENS.resolve("kandinsky-prior");
    }

    private void copy() throws IOException {
        Folders.copy(root(), folder);
    }

    private ObjectNode config(String part) throws IOException {
        return (ObjectNode) new ObjectMapper()
                .readTree(folder.resolve(part).resolve("config.json").toFile());
    }

    private void write(String part, ObjectNode config) throws IOException {
        new ObjectMapper()
                .writeValue(folder.resolve(part).resolve("config.json").toFile(), config);
    }
}
