package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;

/** Scenes of two things that nothing was trained on: their seeds lie above all that training uses. */
public final class HeldOut {
    /** Training uses scene seeds below this one only. */
    public static final long FIRST_SEED = 10_000_000;

    private static final long FIRST_PROMPT = 20_000_000;
    private static final long PROMPTS_PER_SEED = 1_000_000;
    private static final long MOST_SEEDS = 1_000_000_000;

    private HeldOut() {}

    /** The scene of a rendering by its number, at least 0. */
    static Scene rendering(int number) {
        return scene(FIRST_SEED + number);
    }

    /** The scene that a prompt tells, by the check's seed and the prompt's number. */
    static Scene prompt(long seed, int number) {
        if (seed < 0 || seed >= MOST_SEEDS) {
            throw new IllegalArgumentException("the check's seed must be in [0, " + MOST_SEEDS + "), got " + seed);
        }
        return scene(FIRST_PROMPT + seed * PROMPTS_PER_SEED + number);
    }

    private static Scene scene(long seed) {
        return new SceneSampler().sample(seed, Choices.all().pairs());
    }
}
