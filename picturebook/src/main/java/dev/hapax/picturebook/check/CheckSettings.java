package dev.hapax.picturebook.check;

import dev.hapax.tensor.DType;

/**
 * How thoroughly to check.
 *
 * @param prompts how many held-out prompts are drawn
 * @param seed of prompts and noise, at least 0
 * @param steps of DDIM
 * @param guidance of the prompt
 * @param renderings how many true renderings the reader is tried on
 * @param reconstructions how many of them go through the autoencoder
 * @param dtype that the models compute in
 * @param workers threads; the figures do not depend on them
 */
public record CheckSettings(
        int prompts,
        long seed,
        int steps,
        double guidance,
        int renderings,
        int reconstructions,
        DType dtype,
        int workers) {

    /** Checks the numbers. */
    public CheckSettings {
        if (prompts < 1 || renderings < 1 || reconstructions < 1 || workers < 1) {
            throw new IllegalArgumentException(
                    "prompts, renderings, reconstructions and workers must be at least 1, got " + prompts + ", "
                            + renderings + ", " + reconstructions + " and " + workers);
        }
        if (reconstructions > renderings) {
            throw new IllegalArgumentException("only " + renderings + " renderings to reconstruct " + reconstructions
                    + " of; ask for more renderings");
        }
    }

    /** The check that the bars are set for: 25 steps, guidance 4, 2,000 renderings of which 500 are reconstructed. */
    public static CheckSettings of(int prompts, long seed) {
        return new CheckSettings(prompts, seed, 25, 4, 2000, 500, DType.FLOAT32, 1);
    }

    /** The same on fewer renderings, for a quick look. */
    public CheckSettings withRenderings(int number, int reconstructed) {
        return new CheckSettings(prompts, seed, steps, guidance, number, reconstructed, dtype, workers);
    }

    /** The same in another type. */
    public CheckSettings withDType(DType other) {
        return new CheckSettings(prompts, seed, steps, guidance, renderings, reconstructions, other, workers);
    }

    /** The same on other numbers of threads. */
    public CheckSettings withWorkers(int threads) {
        return new CheckSettings(prompts, seed, steps, guidance, renderings, reconstructions, dtype, threads);
    }
}
