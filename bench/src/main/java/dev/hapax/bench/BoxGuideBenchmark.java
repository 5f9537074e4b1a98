package dev.hapax.bench;

import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.WordBox;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to hold things in boxes: the time of a guided image, 10 of 50 calls with at most 5 steps before each,
 * over that of the same image without. The two take turns; medians are printed.
 *
 * <p>Usage: {@code BoxGuideBenchmark MODEL [rounds] [steps]}.
 */
public final class BoxGuideBenchmark {
    private static final String PROMPT = "a cat beside a chair";
    private static final List<WordBox> BOXES =
            List.of(WordBox.parse("cat=0.5,0.3,0.95,0.9"), WordBox.parse("chair=0.05,0.3,0.5,0.9"));

    private BoxGuideBenchmark() {}

    /** Runs it. */
    public static void main(String[] args) {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : 50;
        try (StableDiffusion model = StableDiffusion.open(Path.of(args[0]), DType.FLOAT32, Device.CPU)) {
            Engine.setThreads(model.threads());
            ImageRequest plain = ImageRequest.of(PROMPT).withSteps(steps);
            ImageRequest held = plain.withBoxes(BOXES);
            List<Double> without = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                double one = seconds(model, plain.withImages(round, 1));
                double two = seconds(model, held.withImages(round, 1));
                if (round > 0) { // the first one warms up
                    without.add(one);
                    with.add(two);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "with boxes %.3f s, without %.3f s: %.3f (medians of %d images, %d steps)%n",
                    median(with),
                    median(without),
                    median(with) / median(without),
                    rounds,
                    steps);
        }
    }

    private static double seconds(StableDiffusion model, ImageRequest request) {
        long start = System.nanoTime();
        ImageGenerator.of(model).generate(request);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElseThrow();
    }
}
