package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Vae;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains the autoencoder, then its decoder alone. */
public final class VaeTraining {
    private static final long SEED = 20_231_021; // any number
    private static final long DECODER_SEED = 20_231_026;
    private static final String DECODER_STEPS = "decoder_steps";

    private final Workshop shop;

    /**
     * @param shop where it is done
     */
    public VaeTraining(Workshop shop) {
        this.shop = shop;
    }

    /** The autoencoder. */
    public void vae(long steps) throws IOException {
        Optional<Plan> plan = plan(steps);
        if (plan.isEmpty()) {
            return;
        }
        try (SceneCache cache = shop.scenes()) {
            cache.fill(Workshop.SCENES, shop.journal());
            Fit<Vae> fit = new Fit<>(
                    plan.get(), new Initializer(SEED), weights -> Vae.of(VaeRecipe.config(1), weights), shop.state());
            Pixels pixels = new Pixels(cache, Workshop.SCENES, new Rng(SEED));
            fit.run(new VaeRecipe(pixels), shop.journal());
            Map<String, Tensor> standardised = spread(fit.result(), cache).folded(fit.result());
            Parts.save(shop.out(), "vae", VaeRecipe.config(1), standardised, Map.of());
        }
    }

    /** The decoder for longer, on latents that stay as they are; once, for the part then says how long. */
    public void decoder(long steps) throws IOException {
        Optional<Plan> plan = decoderPlan(steps);
        if (plan.isEmpty()) {
            return;
        }
        try (SceneCache cache = shop.scenes();
                ModelFolder model = ModelFolder.open(shop.out())) {
            cache.fill(Workshop.SCENES, shop.journal());
            Config config = model.config("vae");
            Map<String, Tensor> before = Parts.load(shop.out(), "vae");
            Fit<Vae> fit = new Fit<>(
                    plan.get(),
                    new Parameters.Given(before),
                    weights -> DecoderRecipe.tuned(config, before, weights),
                    shop.state());
            Vae encoder = Vae.of(config, model.weights("vae", DType.BFLOAT16));
            fit.run(
                    new DecoderRecipe(new Pixels(cache, Workshop.SCENES, new Rng(DECODER_SEED)), encoder),
                    shop.journal());
            Map<String, Tensor> after = new LinkedHashMap<>(before);
            after.putAll(fit.result());
            Parts.save(shop.out(), "vae", config, after, Map.of(DECODER_STEPS, Long.toString(steps)));
        }
    }

    /**
     * How the autoencoder is trained; empty if it is there already.
     *
     * @throws IllegalArgumentException if the numbers do not fit together
     */
    public Optional<Plan> plan(long steps) {
        return Parts.has(shop.out(), "vae") ? Optional.empty() : Optional.of(plan("vae", steps, 8e-4, 100, steps / 3));
    }

    /**
     * How the decoder alone is trained; empty if it is done already.
     *
     * @throws IllegalArgumentException if the numbers do not fit together
     */
    public Optional<Plan> decoderPlan(long steps) {
        boolean done = Parts.has(shop.out(), "vae")
                && Parts.metadata(shop.out(), "vae").containsKey(DECODER_STEPS);
        return done ? Optional.empty() : Optional.of(plan("decoder", steps, 4e-4, Math.min(50, steps / 4), steps / 2));
    }

    private Plan plan(String stage, long steps, double rate, long warmup, long decay) {
        return new Plan(
                stage,
                steps,
                8,
                rate,
                warmup,
                decay,
                1.0,
                0.998,
                new AdamW.Settings(0.9, 0.99, 1e-8, 1e-4),
                DType.BFLOAT16,
                shop.workers());
    }

    /** Of the latents of 256 scenes. */
    private static LatentSpread spread(Map<String, Tensor> parameters, SceneCache cache) {
        Engine.setThreads(1);
        Vae vae = Vae.of(VaeRecipe.config(1), Weights.of(new Parameters.Given(parameters)));
        try (Gradients.Region off = Gradients.off();
                Scope all = Scope.open()) {
            List<Tensor> latents = new ArrayList<>();
            for (int next = 0; next < 256; next += 16) {
                int first = next;
                latents.add(Scope.run(
                        () -> vae.encode(cache.images(first, 16, DType.FLOAT32)).mean()));
            }
            return LatentSpread.of(Tensor.cat(latents, 0));
        }
    }
}
