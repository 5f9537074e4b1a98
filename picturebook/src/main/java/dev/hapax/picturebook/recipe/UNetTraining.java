package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trains the U-Net between a trained autoencoder and a trained text encoder. */
public final class UNetTraining {
    private static final long SEED = 20_231_023; // any number, but none of the other stages'
    private static final Map<String, Object> MODEL_INDEX = Map.ofEntries(
            Map.entry("_class_name", "StableDiffusionPipeline"),
            Map.entry("feature_extractor", List.of("transformers", "CLIPImageProcessor")),
            Map.entry("image_encoder", List.of("transformers", "CLIPVisionModelWithProjection")),
            Map.entry("scheduler", List.of("diffusers", "DDIMScheduler")),
            Map.entry("text_encoder", List.of("transformers", "CLIPTextModelWithProjection")),
            Map.entry("tokenizer", List.of("transformers", "CLIPTokenizer")),
            Map.entry("unet", List.of("diffusers", "UNet2DConditionModel")),
            Map.entry("vae", List.of("diffusers", "AutoencoderKL")));
    private static final Map<String, Object> SCHEDULER = Map.ofEntries( // Stable Diffusion 1.5's
            Map.entry("_class_name", "DDIMScheduler"),
            Map.entry("beta_end", 0.012),
            Map.entry("beta_schedule", "scaled_linear"),
            Map.entry("beta_start", 0.00085),
            Map.entry("clip_sample", false),
            Map.entry("num_train_timesteps", 1000),
            Map.entry("prediction_type", "epsilon"),
            Map.entry("set_alpha_to_one", false),
            Map.entry("steps_offset", 1));

    private final Workshop shop;
    private @Nullable Path earlier;

    /**
     * @param shop where it is done
     */
    public UNetTraining(Workshop shop) {
        this.shop = shop;
    }

    /**
     * Takes every part but the U-Net from a model of this kind, unless it is there already. The U-Net goes on from that
     * model's.
     *
     * @throws CheckpointException if it is not a model of this kind
     */
    public void goOnFrom(Path model) throws IOException {
        if (!Parts.has(model, "unet")) {
            throw new CheckpointException(model + " holds no U-Net to go on from; give the folder of a trained model");
        }
        Parts.adopt(model, shop.out(), "unet");
        earlier = model;
    }

    /**
     * How the U-Net is trained; empty if it is there already.
     *
     * @throws IllegalArgumentException if the numbers do not fit together
     */
    public Optional<Plan> plan(long steps, int batch, double rate) {
        if (Parts.has(shop.out(), "unet")) {
            return Optional.empty();
        }
        return Optional.of(new Plan(
                "unet",
                steps,
                batch,
                rate,
                Math.min(300, steps / 4),
                steps / 3,
                1.0,
                0.999,
                new AdamW.Settings(0.9, 0.99, 1e-8, 0.01),
                DType.BFLOAT16,
                shop.workers()));
    }

    /**
     * The U-Net on cached latents, under captions through the frozen text encoder.
     *
     * @param scenes how many different pictures to train on
     * @param rate the highest learning rate; it falls to 0 over the last third of the steps
     */
    public void unet(long scenes, long steps, int batch, double rate) throws IOException {
        Optional<Plan> plan = plan(steps, batch, rate);
        if (plan.isEmpty()) {
            return;
        }
        Path scheduler = shop.out().resolve("scheduler/scheduler_config.json");
        Parts.writeJson(scheduler, SCHEDULER);
        NoiseSchedule schedule = NoiseSchedule.of(Config.read(scheduler));
        try (ModelFolder model = ModelFolder.open(shop.out());
                SceneCache cache = shop.scenes();
                LatentCache latents = latents(model);
                Tokenizer tokenizer = Tokenizer.open(shop.out().resolve("tokenizer"), ClipRecipe.TOKENS)) {
            Vae vae = Vae.of(model.config("vae"), model.weights("vae", DType.BFLOAT16));
            ClipTextEncoder text =
                    ClipTextEncoder.of(model.config("text_encoder"), model.weights("text_encoder", DType.BFLOAT16));
            cache.fill(scenes, shop.journal());
            latents.fill(scenes, cache, vae, shop.workers(), shop.journal());
            Config config = DiffusionRecipe.config(ClipRecipe.WIDTH);
            Weights.Source initial = earlier == null
                    ? new ZeroedOutputs(new Initializer(SEED))
                    : new Parameters.Given(Parts.load(earlier, "unet"));
            Fit<UNet> fit = new Fit<>(plan.get(), initial, weights -> UNet.of(config, weights), shop.state());
            Rng rng = new Rng(SEED);
            fit.run(
                    new DiffusionRecipe(latents, new CaptionEncoder(tokenizer, text, rng), schedule, rng),
                    shop.journal());
            Parts.save(shop.out(), "unet", config, fit.result(), Map.of());
            Parts.writeJson(shop.out().resolve("model_index.json"), MODEL_INDEX);
        }
    }

    /** The file is named by the autoencoder: latents of another are of no use. */
    private LatentCache latents(ModelFolder model) throws IOException {
        String vae = model.hash(List.of("vae")).substring(0, 12);
        return new LatentCache(
                shop.state().resolve("latents-" + vae + ".f16"), 4, Workshop.SIZE / 8, Workshop.SIZE / 8);
    }
}
