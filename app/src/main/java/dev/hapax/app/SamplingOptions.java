package dev.hapax.app;

import dev.hapax.run.Painter;
import picocli.CommandLine.Option;

/** How images are drawn: from which noise, in how many steps, how strongly the prompt pulls. */
final class SamplingOptions {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of all randomness. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "" + Painter.STEPS,
            description = "Of the sampler. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--guidance",
            paramLabel = "G",
            defaultValue = "" + Painter.GUIDANCE,
            description = "How strongly the prompt pulls; 1 is not at all. Default: ${DEFAULT-VALUE}.")
    private double guidance;

    long seed() {
        return seed;
    }

    int steps() {
        return steps;
    }

    double guidance() {
        return guidance;
    }
}
