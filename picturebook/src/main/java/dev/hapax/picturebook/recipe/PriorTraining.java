package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipVisionEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Trains the diffusion prior between the two towers of a trained CLIP. */
public final class PriorTraining {
    private static final int BATCH = 64;
    private static final long SEED = 20_231_025; // any number, but none of the other stages'
    private static final String PART = "prior";

    private final Workshop shop;

    /**
     * @param shop where it is done; its folder of the model holds both towers of CLIP and the tokenizer
     */
    public PriorTraining(Workshop shop) {
        this.shop = shop;
    }

    /**
     * Trains for so many steps of 64 captions, unless the prior is there already.
     *
     * @param scenes how many of the renderings in the state's folder to train on; missing ones are rendered
     */
    public void prior(long steps, long scenes) throws IOException {
        Optional<Plan> plan = plan(steps);
        if (plan.isEmpty()) {
            return;
        }
        Path scheduler = shop.out().resolve("prior_scheduler/scheduler_config.json");
        Parts.writeJson(scheduler, PriorRecipe.SCHEDULER);
        try (ModelFolder model = ModelFolder.open(shop.out());
                Tokenizer tokenizer = Tokenizer.open(shop.out().resolve("tokenizer"), ClipRecipe.TOKENS);
                Tensor embeddings = embeddings(model, scenes);
                Tensor mean = Scope.run(() -> embeddings.mean(true, 0)); // (1, width)
                Tensor std = Scope.run(() -> embeddings.std(false, true, 0)); // (1, width)
                Tensor normalised = Scope.run(() -> embeddings.minus(mean).over(std))) { // (scenes, width)
            ClipTextEncoder text =
                    ClipTextEncoder.of(model.config("text_encoder"), model.weights("text_encoder", DType.BFLOAT16));
            Config config = PriorRecipe.config((int) text.width(), text.maxTokens(), (int) embeddings.size(1));
            Fit<PriorTransformer> fit = new Fit<>(
                    plan.get(),
                    new Initializer(SEED),
                    weights -> PriorTransformer.of(config, PriorRecipe.withStatistics(weights, mean, std)),
                    shop.state());
            Rng rng = new Rng(SEED);
            fit.run(
                    new PriorRecipe(
                            normalised,
                            new CaptionEncoder(tokenizer, text, rng),
                            NoiseSchedule.of(Config.read(scheduler)),
                            rng,
                            DType.BFLOAT16),
                    shop.journal());
            Map<String, Tensor> parameters = new LinkedHashMap<>(fit.result());
            parameters.put("clip_mean", mean);
            parameters.put("clip_std", std);
            Parts.save(shop.out(), PART, config, parameters, Map.of());
        }
    }

    /**
     * How the prior is trained; empty if it is there already.
     *
     * @throws IllegalArgumentException if the numbers do not fit together
     */
    public Optional<Plan> plan(long steps) {
        if (Parts.has(shop.out(), PART)) {
            return Optional.empty();
        }
        return Optional.of(new Plan(
                PART,
                steps,
                BATCH,
                1e-3,
                Math.min(200, steps / 4),
                steps / 2,
                1.0,
                0.999,
                new AdamW.Settings(0.9, 0.98, 1e-8, 0.01),
                DType.BFLOAT16,
                shop.workers()));
    }

    private Tensor embeddings(ModelFolder model, long scenes) throws IOException {
        ClipVisionEncoder encoder =
                ClipVisionEncoder.of(model.config("image_encoder"), model.weights("image_encoder", DType.BFLOAT16));
        try (SceneCache cache = shop.scenes();
                ModelFolder tower = ModelFolder.open(shop.out().resolve("image_encoder"))) {
            cache.fill(scenes, shop.journal());
            return new EmbeddingCache(shop.state().resolve("clip-embeddings.safetensors"), tower.hash())
                    .read(cache, scenes, encoder, shop.journal());
        }
    }
}
