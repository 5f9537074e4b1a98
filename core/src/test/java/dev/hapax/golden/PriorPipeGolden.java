package dev.hapax.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.prior.PriorSampler;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipVisionEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code pipe.safetensors} of a prior: a prompt to an image embedding with given noise, and that of no image. */
final class PriorPipeGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/pipe.safetensors")
                && Files.isDirectory(file.resolveSibling("../prior").normalize());
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                SafetensorsFile golden = SafetensorsFile.open(file);
                Tokenizer tokenizer = Tokenizer.open(
                        folder.path("tokenizer"), folder.config("text_encoder").integer("max_position_embeddings"))) {
            ClipTextEncoder encoder =
                    ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", DType.FLOAT32));
            Map<String, String> settings = golden.metadata();
            PriorSampler sampler = new PriorSampler(
                    PriorTransformer.of(folder.config("prior"), folder.weights("prior", DType.FLOAT32)),
                    Samplers.of(folder.config("scheduler")),
                    Integer.parseInt(settings.get("steps")),
                    Double.parseDouble(settings.get("guidance")));
            String prompt = new ObjectMapper().readValue(settings.get("prompt"), String.class);
            AtomicInteger draws = new AtomicInteger();
            PriorTransformer prior = sampler.prior();
            Tensor remembered = sampler.sample(
                    prior.prefix(condition(encoder, tokenizer.encode(prompt))),
                    prior.prefix(condition(encoder, tokenizer.encode(""))),
                    golden.tensor("latents"),
                    () -> golden.tensor("noise." + draws.getAndIncrement()));
            report.compare("image_embeds remembered", remembered, golden.tensor("image_embeds"));
            draws.set(0);
            Tensor embedding = sampler.sample(
                    condition(encoder, tokenizer.encode(prompt)),
                    condition(encoder, tokenizer.encode("")),
                    golden.tensor("latents"),
                    () -> golden.tensor("noise." + draws.getAndIncrement()));
            report.compare("image_embeds", embedding, golden.tensor("image_embeds"));
            report.exact(
                    "noise_draws", new long[] {draws.get()}, new long[] {Long.parseLong(settings.get("noise_draws"))});

            ClipVisionEncoder vision = ClipVisionEncoder.of(
                    folder.config("image_encoder"), folder.weights("image_encoder", DType.FLOAT32));
            Tensor nothing = Tensor.zeros(DType.FLOAT32, 1, 3, vision.imageSize(), vision.imageSize());
            report.compare(
                    "negative_image_embeds",
                    vision.encode(nothing).projected(),
                    golden.tensor("negative_image_embeds"));
        }
    }

    private static TextCondition condition(ClipTextEncoder encoder, TokenIds prompt) {
        return TextCondition.of(encoder.encode(List.of(prompt), Lexicon.empty()), List.of(prompt));
    }
}
