package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Trains the attribute reader that the check judges by; it knows nothing of the other stages. */
public final class ReaderTraining {
    private static final int BATCH = 32;
    private static final long SEED = 20_231_121; // any number, but none of the other stages'
    private static final String PART = "reader";

    private final Workshop shop;

    /**
     * @param shop where it is done; its folder of the model gets the part {@code reader}
     */
    public ReaderTraining(Workshop shop) {
        this.shop = shop;
    }

    /**
     * How the reader is trained; empty if it is there already.
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
                2e-3,
                Math.min(100, steps / 4),
                steps / 2,
                1.0,
                0.998,
                new AdamW.Settings(0.9, 0.99, 1e-8, 1e-3),
                DType.BFLOAT16,
                shop.workers()));
    }

    /** Trains for so many steps of 32 fresh renderings, unless the reader is there already. */
    public void reader(long steps) throws IOException {
        Optional<Plan> plan = plan(steps);
        if (plan.isEmpty()) {
            return;
        }
        Config config = ReaderRecipe.config();
        Fit<AttributeReader> fit = new Fit<>(
                plan.get(), new Initializer(SEED), weights -> AttributeReader.of(config, weights), shop.state());
        fit.run(new ReaderRecipe(Workshop.SIZE, new Rng(SEED)), shop.journal());
        Parts.save(shop.out(), PART, config, fit.result(), Map.of());
    }
}
