package dev.hapax.app;

import dev.hapax.app.model.BundledModel;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.MethodName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long words are learned, how fast, and from how many samples at once. */
final class PaceOptions {
    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How long to learn. Default: words alone 3000, and " + BundledModel.STEPS
                    + " on the little model; pplus 500, prospect and matte 1000; dreambooth 800, on the little model without"
                    + " --lora " + BundledModel.STEPS + "; custom-diffusion and disendiff 250.")
    private @Nullable Long steps;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Learning rate. Default: 0.002; pplus, prospect and matte 0.005, prospect's generator 1e-4;"
                    + " dreambooth 5e-6, with --lora 1e-4; custom-diffusion and disendiff 8e-5; all three on the little model,"
                    + " without --lora, 3e-4.")
    private @Nullable Double rate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Samples of one step. Default: 4; dreambooth 1, on the little model without --lora "
                    + BundledModel.BATCH + "; pplus 8.")
    private @Nullable Integer batch;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of all randomness. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--flip",
            paramLabel = "P",
            description = "Probability that a sample is mirrored; give 0 where the prompt tells left from right."
                    + " Default: 0; custom-diffusion and disendiff 0.5.")
    private @Nullable Double flip;

    /**
     * What is said, or else what is usual.
     *
     * @param rate the usual one of the method
     * @param bundled whether the little model learns, whose words and whole weights have a pace of their own
     * @param lora whether weights move as a LoRA
     */
    LearnRequest.Pace of(MethodName name, double rate, boolean bundled, boolean lora) {
        MethodName.Usual usual = name.usual();
        boolean weights = bundled && usual.weights() && !lora;
        boolean words = bundled && !usual.weights() && !name.cells();
        return new LearnRequest.Pace(
                steps != null ? steps : weights || words ? BundledModel.STEPS : usual.steps(),
                this.rate != null ? this.rate : weights ? BundledModel.WEIGHT_RATE : rate,
                batch != null ? batch : weights ? BundledModel.BATCH : usual.batch(),
                seed,
                flip != null ? flip : usual.flip());
    }
}
