package dev.hapax.run;

import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.prior.LinearPrior;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.vision.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Fits a {@link LinearPrior} on pictures that a model draws for known prompts. */
public final class LinearFit {
    /** How many pictures it takes at least for a useful fit; our choice. */
    public static final int PICTURES = 200;

    private static final double RIDGE = 0.1; // our choice: as many prompts as dimensions, so it must hold back

    private LinearFit() {}

    /**
     * The same towers with a prior that was fitted.
     *
     * @param prompts what to draw, one picture each
     * @param drawn hears how many are done
     */
    public static PriorModel of(
            StableDiffusion model, PriorModel towers, List<String> prompts, long seed, IntConsumer drawn) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open();
                Painter painter = Painter.of(model, Lexicon.empty())) {
            List<ImageRequest> requests = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                requests.add(painter.request(prompts.get(i)).withSeed(seed + i));
            }
            List<Tensor> images = new ArrayList<>();
            painter.paint(requests, Progress.NONE, image -> {
                images.add(towers.requiredVision().embed(List.of(Raster.of(image.image()))));
                drawn.accept(images.size());
            });
            List<Tensor> texts = new ArrayList<>();
            for (String prompt : prompts) {
                TokenIds tokens = towers.tokenizer().encode(prompt);
                texts.add(towers.texts()
                        .encode(List.of(tokens), Lexicon.empty())
                        .projected()
                        .orElseThrow());
            }
            return towers.with(LinearPrior.fit(Tensor.cat(texts, 0), Tensor.cat(images, 0), RIDGE));
        }
    }
}
