package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.prior.PriorSampler;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorRecipeTest {
    private static final int SCENES = 8;
    private static final int WIDTH = 8;

    @Test
    void aTrainedPriorTellsScenesApartByTheirCaptions(@TempDir Path folder) throws Exception {
        TinyModel.writeClip(folder);
        try (Scope scope = Scope.open();
                ModelFolder model = ModelFolder.open(folder);
                Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer"), ClipRecipe.TOKENS)) {
            ClipTextEncoder text =
                    ClipTextEncoder.of(model.config("text_encoder"), model.weights("text_encoder", DType.FLOAT32));
            Tensor embeddings = new Rng(8).normal(Purpose.EVALUATION, 0, 0, SCENES, WIDTH);
            Tensor mean = embeddings.mean(true, 0);
            Tensor std = embeddings.std(false, true, 0);
            Config config = PriorRecipe.config((int) text.width(), ClipRecipe.TOKENS, WIDTH);
            Plan plan = new Plan("prior", 80, 16, 5e-3, 5, 30, 1, 0.9, AdamW.Settings.DEFAULT, DType.FLOAT32, 1);
            Fit<PriorTransformer> fit = new Fit<>(
                    plan,
                    new Initializer(1),
                    weights -> PriorTransformer.of(config, PriorRecipe.withStatistics(weights, mean, std)),
                    folder);
            Config scheduler = Config.of(PriorRecipe.SCHEDULER);
            Rng rng = new Rng(2);
            fit.run(
                    new PriorRecipe(
                            embeddings.minus(mean).over(std),
                            new CaptionEncoder(tokenizer, text, rng),
                            NoiseSchedule.of(scheduler),
                            rng,
                            DType.FLOAT32),
                    new Journal(folder.resolve("log"), System.err));
            PriorTransformer prior = PriorTransformer.of(
                    config, PriorRecipe.withStatistics(Weights.of(new Parameters.Given(fit.result())), mean, std));
            double[] own = new double[2];
            try (Gradients.Region off = Gradients.off()) {
                Tensor sampled = sample(prior, scheduler, text, tokenizer);
                own[0] = cosine(sampled, embeddings);
                own[1] = cosine(mean.expand(SCENES, WIDTH), embeddings);
            }
            assertTrue(own[0] > own[1] + 0.2, "cosine " + own[0] + ", of the mean embedding " + own[1]);
        }
    }

    private static Tensor sample(PriorTransformer prior, Config scheduler, ClipTextEncoder text, Tokenizer tokenizer) {
        List<TokenIds> captions = LongStream.range(0, SCENES)
                .mapToObj(i -> tokenizer.encode(new Captions().full(new SceneSampler().sample(i))))
                .toList();
        TextCondition condition = TextCondition.of(text.encode(captions, Lexicon.empty()), captions);
        Rng rng = new Rng(3);
        int[] drawn = {0};
        return new PriorSampler(prior, Samplers.of(scheduler), 10, 1)
                .sample(
                        condition,
                        condition,
                        rng.normal(Purpose.PRIOR, 0, 0, SCENES, WIDTH),
                        () -> rng.normal(Purpose.PRIOR, ++drawn[0], 0, SCENES, WIDTH));
    }

    private static double cosine(Tensor a, Tensor b) {
        return a.times(b).sum(true, 1).over(a.norm(1).times(b.norm(1))).mean().item();
    }

    @Test
    void trainingWritesAPriorThatKnowsTheEmbeddingsOfTheImageTower(@TempDir Path folder) throws Exception {
        TinyModel.writeClip(folder);
        new PriorTraining(Workshop.open(folder, folder.resolve("state"), 1, System.err)).prior(2, 6);
        try (Scope scope = Scope.open();
                ModelFolder model = ModelFolder.open(folder)) {
            PriorTransformer prior = PriorTransformer.of(model.config("prior"), model.weights("prior", DType.FLOAT32));
            assertArrayEquals(
                    new long[] {1, WIDTH},
                    prior.toImageEmbedding(Tensor.zeros(DType.FLOAT32, 1, WIDTH))
                            .shape());
            Samplers.of(model.config("prior_scheduler"));
        }
        Path file = Parts.weights(folder, "prior");
        byte[] written = Files.readAllBytes(file);
        new PriorTraining(Workshop.open(folder, folder.resolve("state"), 1, System.err)).prior(2, 6);
        assertEquals(written.length, Files.size(file));
        Files.delete(file);
        new PriorTraining(Workshop.open(folder, folder.resolve("state"), 1, System.err)).prior(2, 6);
        assertArrayEquals(written, Files.readAllBytes(file));
    }
}
