package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.learning.AdamW;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import dev.hapax.text.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Trains both towers of CLIP. */
public final class ClipTraining {
    private static final long SEED = 20_231_022; // any number, but none of the other stages'
    private static final Map<String, Object> IMAGE_PROCESSOR = Map.ofEntries(
            Map.entry("image_processor_type", "CLIPImageProcessor"),
            Map.entry("crop_size", Map.of("height", Workshop.SIZE, "width", Workshop.SIZE)),
            Map.entry("do_center_crop", true),
            Map.entry("do_convert_rgb", true),
            Map.entry("do_normalize", true),
            Map.entry("do_rescale", true),
            Map.entry("do_resize", true),
            Map.entry("image_mean", List.of(0.5, 0.5, 0.5)),
            Map.entry("image_std", List.of(0.5, 0.5, 0.5)),
            Map.entry("resample", 3),
            Map.entry("rescale_factor", 1 / 255.0),
            Map.entry("size", Map.of("shortest_edge", Workshop.SIZE)));

    private final Workshop shop;

    /**
     * @param shop where it is done
     */
    public ClipTraining(Workshop shop) {
        this.shop = shop;
    }

    /**
     * How CLIP is trained; empty if it is there already.
     *
     * @throws IllegalArgumentException if the numbers do not fit together
     */
    public Optional<Plan> plan(long steps) {
        if (Parts.has(shop.out(), "image_encoder")) {
            return Optional.empty();
        }
        return Optional.of(new Plan(
                "clip",
                steps,
                64 * shop.workers(),
                7e-4,
                300,
                steps / 3,
                1.0,
                0.999,
                new AdamW.Settings(0.9, 0.98, 1e-6, 0.05),
                DType.BFLOAT16,
                shop.workers()));
    }

    /** Both towers of CLIP and the tokenizer: batch 64 a worker, so that each worker contrasts within its share. */
    public void clip(long steps) throws IOException {
        Optional<Plan> plan = plan(steps);
        if (plan.isEmpty()) {
            return;
        }
        int vocabulary = Tokenizers.write(shop.out().resolve("tokenizer"));
        try (SceneCache cache = shop.scenes();
                Tokenizer tokenizer = Tokenizer.open(shop.out().resolve("tokenizer"), ClipRecipe.TOKENS)) {
            cache.fill(Workshop.SCENES, shop.journal());
            Config config = ClipRecipe.whole(vocabulary, Workshop.SIZE);
            Fit<TaughtClip> fit = new Fit<>(
                    plan.get(), new ClipInitializer(SEED), weights -> TaughtClip.of(config, weights), shop.state());
            PatchTruth truth = PatchTruth.of(
                    shop.state().resolve("patches-128.u8"),
                    (int) Workshop.SCENES,
                    Workshop.SIZE,
                    ClipRecipe.PATCH,
                    shop.journal());
            fit.run(
                    new ClipRecipe(new Pixels(cache, Workshop.SCENES, new Rng(SEED)), truth, tokenizer),
                    shop.journal());
            Parts.writeJson(shop.out().resolve("feature_extractor/preprocessor_config.json"), IMAGE_PROCESSOR);
            Map<String, String> scale = Map.of(
                    "logit_scale",
                    Double.toString(Objects.requireNonNull(fit.result().get("logit_scale"))
                            .item()));
            Parts.save(
                    shop.out(),
                    "text_encoder",
                    ClipRecipe.text(vocabulary),
                    ClipRecipe.only(fit.result(), "text_model.", "text_projection."),
                    scale);
            Parts.save(
                    shop.out(),
                    "image_encoder",
                    ClipRecipe.vision(Workshop.SIZE),
                    ClipRecipe.only(fit.result(), "vision_model.", "visual_projection."),
                    scale);
        }
    }
}
