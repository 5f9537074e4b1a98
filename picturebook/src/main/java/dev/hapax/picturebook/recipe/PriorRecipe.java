package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trains the prior to predict CLIP's embedding of an image from a noised one and its caption (Ramesh et al. 2022,
 * section 2.2: the clean embedding itself, by mean squared error), one caption in ten empty.
 *
 * @param embeddings of the scenes, normalised (scenes, width)
 * @param captions what is said of them, through the frozen text tower
 * @param compute the type of the prior's weights
 */
record PriorRecipe(Tensor embeddings, CaptionEncoder captions, NoiseSchedule schedule, Rng rng, DType compute)
        implements Fit.Loss<PriorTransformer> {
    private static final int HEADS = 4;
    private static final int LAYERS = 6;

    /** Of unCLIP: Nichol and Dhariwal's cosine schedule, and the clean sample as what is predicted. */
    static final Map<String, Object> SCHEDULER = Map.of(
            "_class_name", "UnCLIPScheduler",
            "beta_schedule", "squaredcos_cap_v2",
            "clip_sample", true,
            "clip_sample_range", 5.0, // Karlo's
            "num_train_timesteps", 1000,
            "prediction_type", "sample",
            "variance_type", "fixed_small_log");

    /**
     * Karlo's prior made small, as wide as the text tower, so that its states need no projection.
     *
     * @param textWidth of the text tower's states
     * @param tokens of a caption
     * @param width of CLIP's embeddings
     */
    static Config config(int textWidth, int tokens, int width) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "_class_name",
                "PriorTransformer",
                "added_emb_type",
                "prd",
                "additional_embeddings",
                4,
                "attention_head_dim",
                textWidth / HEADS,
                "dropout",
                0.0,
                "embedding_dim",
                width,
                "num_attention_heads",
                HEADS,
                "num_embeddings",
                tokens,
                "num_layers",
                LAYERS,
                "time_embed_act_fn",
                "silu"));
        for (String none : List.of(
                "clip_embed_dim",
                "embedding_proj_dim",
                "embedding_proj_norm_type",
                "encoder_hid_proj_type",
                "norm_in_type",
                "time_embed_dim")) {
            values.put(none, null);
        }
        return Config.of(values);
    }

    /** The parameters of a prior but for the statistics of the embeddings, which are measured and not learned. */
    static Weights withStatistics(Weights learned, Tensor mean, Tensor std) {
        return Weights.of(new Weights.Source() {
            @Override
            public boolean has(String name) {
                return name.startsWith("clip_") || learned.has(name);
            }

            @Override
            public Tensor get(String name, long... shape) {
                if (!name.startsWith("clip_")) {
                    return learned.get(name, shape);
                }
                Tensor statistic = name.equals("clip_mean") ? mean : std;
                Shape.require(name, statistic.shape(), shape);
                return statistic;
            }

            @Override
            public Set<String> names() {
                return Set.of();
            }
        });
    }

    @Override
    public Tensor of(PriorTransformer prior, long step, int first, int count) {
        long[] scenes = new long[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            scenes[i] = (long) (rng.uniform(Purpose.SHUFFLE, step, first + i, 0) * embeddings.size(0));
            times[i] = rng.below(schedule.timesteps(), Purpose.TIMESTEP, step, first + i, 0);
        }
        Tensor clean = embeddings.indexSelect(0, Tensor.of(scenes, count)); // (b, width)
        Tensor noise = rng.normal(Purpose.PRIOR, step, first, clean.shape());
        Tensor noisy = schedule.addNoise(clean, noise, times).to(compute);
        Tensor predicted = prior.predict(noisy, Tensor.of(times, count), condition(scenes, step, first));
        return predicted.to(DType.FLOAT32).minus(clean).square().mean();
    }

    private TextCondition condition(long[] scenes, long step, int first) {
        List<TokenIds> prompts = new ArrayList<>();
        for (int i = 0; i < scenes.length; i++) {
            prompts.add(captions.tokenizer().encode(captions.caption(scenes[i], step, first + i)));
        }
        try (Gradients.Region off = Gradients.off()) {
            return TextCondition.of(captions.encoder().encode(prompts, Lexicon.empty()), prompts);
        }
    }
}
