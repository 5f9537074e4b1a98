package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains the embedded models stage by stage into one diffusers folder. Each stage resumes from its own state, and a
 * stage whose part is already in the folder is not run again.
 */
public final class Training {
    private static final int SIZE = 128;
    private static final long SEED = 20_231_021; // any number
    private static final long SCENES = 60_000;
    private static final Map<String, Object> MODEL_INDEX = Map.ofEntries(
            Map.entry("_class_name", "StableDiffusionPipeline"),
            Map.entry("feature_extractor", List.of("transformers", "CLIPImageProcessor")),
            Map.entry("image_encoder", List.of("transformers", "CLIPVisionModelWithProjection")),
            Map.entry("scheduler", List.of("diffusers", "DDIMScheduler")),
            Map.entry("text_encoder", List.of("transformers", "CLIPTextModelWithProjection")),
            Map.entry("tokenizer", List.of("transformers", "CLIPTokenizer")),
            Map.entry("unet", List.of("diffusers", "UNet2DConditionModel")),
            Map.entry("vae", List.of("diffusers", "AutoencoderKL")));
    private static final Map<String, Object> IMAGE_PROCESSOR = Map.ofEntries(
            Map.entry("image_processor_type", "CLIPImageProcessor"),
            Map.entry("crop_size", Map.of("height", SIZE, "width", SIZE)),
            Map.entry("do_center_crop", true),
            Map.entry("do_convert_rgb", true),
            Map.entry("do_normalize", true),
            Map.entry("do_rescale", true),
            Map.entry("do_resize", true),
            Map.entry("image_mean", List.of(0.5, 0.5, 0.5)),
            Map.entry("image_std", List.of(0.5, 0.5, 0.5)),
            Map.entry("resample", 3),
            Map.entry("rescale_factor", 1 / 255.0),
            Map.entry("size", Map.of("shortest_edge", SIZE)));
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

    private final Path out;
    private final Path state;
    private final Journal journal;
    private final int workers;
    private @Nullable Path earlier;

    /**
     * @param out the folder of the model
     * @param state the folder of renderings, optimiser states and logs; large, may be deleted afterwards
     * @param workers threads
     * @param watcher hears about progress
     */
    public Training(Path out, Path state, int workers, PrintStream watcher) throws IOException {
        Files.createDirectories(out);
        Files.createDirectories(state);
        this.out = out;
        this.state = state;
        this.workers = workers;
        journal = new Journal(state.resolve("training.jsonl"), watcher);
    }

    /** The autoencoder. */
    public void vae(long steps) throws IOException {
        if (Parts.has(out, "vae")) {
            return;
        }
        Plan plan = new Plan(
                "vae",
                steps,
                8,
                8e-4,
                100,
                steps / 3,
                1.0,
                0.998,
                new AdamW.Settings(0.9, 0.99, 1e-8, 1e-4),
                DType.BFLOAT16,
                workers);
        try (SceneCache cache = new SceneCache(state.resolve("scenes-128.rgb"), SIZE)) {
            cache.fill(SCENES, journal);
            Fit<Vae> fit =
                    new Fit<>(plan, new Initializer(SEED), weights -> Vae.of(VaeRecipe.config(1), weights), state);
            Pixels pixels = new Pixels(cache, SCENES, SIZE, new Rng(SEED));
            fit.run(new VaeRecipe(pixels), journal);
            Map<String, Tensor> standardised = spread(fit.result(), cache).folded(fit.result());
            Parts.save(out, "vae", VaeRecipe.config(1), standardised, Map.of());
        }
    }

    /** Both towers of CLIP and the tokenizer: batch 64 a worker, so that each worker contrasts within its share. */
    public void clip(long steps) throws IOException {
        if (Parts.has(out, "image_encoder")) {
            return;
        }
        int vocabulary = Tokenizers.write(out.resolve("tokenizer"));
        Plan plan = new Plan(
                "clip",
                steps,
                64 * workers,
                7e-4,
                300,
                steps / 3,
                1.0,
                0.999,
                new AdamW.Settings(0.9, 0.98, 1e-6, 0.05),
                DType.BFLOAT16,
                workers);
        try (SceneCache cache = new SceneCache(state.resolve("scenes-128.rgb"), SIZE);
                Tokenizer tokenizer = Tokenizer.open(out.resolve("tokenizer"), ClipRecipe.TOKENS)) {
            cache.fill(SCENES, journal);
            Config config = ClipRecipe.whole(vocabulary, SIZE);
            Fit<TaughtClip> fit =
                    new Fit<>(plan, new ClipInitializer(SEED + 1), weights -> TaughtClip.of(config, weights), state);
            PatchTruth truth =
                    PatchTruth.of(state.resolve("patches-128.u8"), (int) SCENES, SIZE, ClipRecipe.PATCH, journal);
            fit.run(new ClipRecipe(new Pixels(cache, SCENES, SIZE, new Rng(SEED + 1)), truth, tokenizer), journal);
            Parts.writeJson(out.resolve("feature_extractor/preprocessor_config.json"), IMAGE_PROCESSOR);
            Map<String, String> scale = Map.of(
                    "logit_scale",
                    Double.toString(Objects.requireNonNull(fit.result().get("logit_scale"))
                            .item()));
            Parts.save(
                    out,
                    "text_encoder",
                    ClipRecipe.text(vocabulary),
                    ClipRecipe.only(fit.result(), "text_model.", "text_projection."),
                    scale);
            Parts.save(
                    out,
                    "image_encoder",
                    ClipRecipe.vision(SIZE),
                    ClipRecipe.only(fit.result(), "vision_model.", "visual_projection."),
                    scale);
        }
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
        Parts.adopt(model, out, "unet");
        earlier = model;
    }

    /**
     * The U-Net on cached latents, under captions through the frozen text encoder.
     *
     * @param scenes how many different pictures to train on
     * @param rate the highest learning rate; it falls to 0 over the last third of the steps
     */
    public void unet(long scenes, long steps, int batch, double rate) throws IOException {
        if (Parts.has(out, "unet")) {
            return;
        }
        Plan plan = new Plan(
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
                workers);
        ModelFolder model = ModelFolder.open(out);
        Vae vae = Vae.of(model.config("vae"), model.weights("vae", DType.BFLOAT16));
        ClipTextEncoder text =
                ClipTextEncoder.of(model.config("text_encoder"), model.weights("text_encoder", DType.BFLOAT16));
        Parts.writeJson(out.resolve("scheduler/scheduler_config.json"), SCHEDULER);
        NoiseSchedule schedule = NoiseSchedule.of(Config.read(out.resolve("scheduler/scheduler_config.json")));
        try (SceneCache cache = new SceneCache(state.resolve("scenes-128.rgb"), SIZE);
                LatentCache latents = latents(model);
                Tokenizer tokenizer = Tokenizer.open(out.resolve("tokenizer"), ClipRecipe.TOKENS)) {
            cache.fill(scenes, journal);
            latents.fill(scenes, cache, SIZE, vae, workers, journal);
            Config config = DiffusionRecipe.config(ClipRecipe.WIDTH);
            Weights.Source initial = earlier == null
                    ? new ZeroedOutputs(new Initializer(SEED + 2))
                    : new Parameters.Given(Parts.load(earlier, "unet"));
            Fit<UNet> fit = new Fit<>(plan, initial, weights -> UNet.of(config, weights), state);
            Rng rng = new Rng(SEED + 2);
            fit.run(new DiffusionRecipe(latents, new CaptionEncoder(tokenizer, text, rng), schedule, rng), journal);
            Parts.save(out, "unet", config, fit.result(), Map.of());
            Parts.writeJson(out.resolve("model_index.json"), MODEL_INDEX);
        }
    }

    /** The file is named by the autoencoder: latents of another are of no use. */
    private LatentCache latents(ModelFolder model) throws IOException {
        String vae = model.hash(List.of("vae")).substring(0, 12);
        return new LatentCache(state.resolve("latents-" + vae + ".f16"), 4, SIZE / 8, SIZE / 8);
    }

    /** Of the latents of 256 scenes. */
    private static LatentSpread spread(Map<String, Tensor> parameters, SceneCache cache) {
        Engine.setThreads(1);
        Vae vae = Vae.of(VaeRecipe.config(1), Weights.of(new Parameters.Given(parameters)));
        try (Gradients.Region off = Gradients.off();
                Scope all = Scope.open()) {
            List<Tensor> latents = new ArrayList<>();
            for (int first = 0; first < 256; first += 16) {
                byte[] bytes = new byte[16 * cache.bytesPerScene()];
                for (int i = 0; i < 16; i++) {
                    cache.read(first + i, bytes, i * cache.bytesPerScene());
                }
                latents.add(Scope.run(() -> vae.encode(Pixels.images(bytes, 16, SIZE, DType.FLOAT32))
                        .mean()));
            }
            return LatentSpread.of(Tensor.cat(latents, 0));
        }
    }
}
