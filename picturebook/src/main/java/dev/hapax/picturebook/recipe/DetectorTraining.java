package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.learning.AdamW;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import dev.hapax.vision.detect.DetrLoss;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains the detector that says which things are where; it knows nothing of the other stages. */
public final class DetectorTraining {
    private static final int BATCH = 16;
    private static final long SEED = 20_231_122; // any number, but none of the other stages'
    private static final String PART = "detector";
    static final Map<String, Object> IMAGE_PROCESSOR = Map.of(
            "image_processor_type",
            "DetrImageProcessor",
            "do_normalize",
            true,
            "do_pad",
            true,
            "do_rescale",
            true,
            "do_resize",
            true,
            "image_mean",
            List.of(0.5, 0.5, 0.5),
            "image_std",
            List.of(0.5, 0.5, 0.5),
            "resample",
            2,
            "rescale_factor",
            1 / 255.0,
            "size",
            Map.of("shortest_edge", Workshop.SIZE, "longest_edge", 2 * Workshop.SIZE));

    private final Workshop shop;

    /**
     * @param shop where it is done; its folder of the model gets the part {@code detector}
     */
    public DetectorTraining(Workshop shop) {
        this.shop = shop;
    }

    /**
     * How the detector is trained; empty if it is there already.
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
                7e-4,
                Math.min(500, steps / 4),
                steps / 2,
                0.1, // Carion et al. 2020, appendix A.4
                0.998,
                new AdamW.Settings(0.9, 0.999, 1e-8, 1e-4),
                DType.BFLOAT16,
                shop.workers()));
    }

    /** Trains for so many steps of 16 fresh renderings, unless the detector is there already. */
    public void detector(long steps) throws IOException {
        Optional<Plan> plan = plan(steps);
        if (plan.isEmpty()) {
            return;
        }
        Config config = DetectorRecipe.config();
        Fit<TaughtDetr> fit = new Fit<>(
                plan.get(), new DetrInitializer(SEED), weights -> TaughtDetr.of(config, weights), shop.state());
        fit.run(new DetectorRecipe(Workshop.SIZE, new Rng(SEED), DetrLoss.of(config)), shop.journal());
        Parts.writeJson(shop.out().resolve(PART).resolve("preprocessor_config.json"), IMAGE_PROCESSOR);
        Parts.save(shop.out(), PART, config, TaughtDetr.saved(fit.result()), Map.of());
    }
}
