package dev.hapax.diffusion;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.TokenIds;
import dev.hapax.unet.UNet;
import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds things in their places while an image is drawn, learned words and ordinary ones: spatial inversion (Zhang et al.
 * 2024), after layout guidance (Chen et al. 2024). Before each of the first calls the latents go down the gradient of
 * {@link LayoutLoss}, {@code x - k s^2 dL/dx} with k the scale for latents of this size and s the {@linkplain Moment#noiseLevel() noise level}, a few times or
 * until the loss is small. In the units of a sampler whose noise is added to the picture as it is, s is sigma, as the
 * authors have it; where picture and noise share the variance, {@code s^2 = 1 - a_t} makes the same step.
 *
 * @param things what to hold where
 * @param layers whose attention counts
 * @param settings how strongly
 */
public record BoxGuide(List<LayoutLoss.Placed> things, LayerChoice layers, Settings settings) implements Guide {
    private static final double AUTHORS_SIDE = 64; // of Stable Diffusion's latents at 512 pixels

    /**
     * How strongly to hold.
     *
     * @param loss what shall be small
     * @param scale of a step on latents of 64 x 64, positive; on others it is in proportion to their side, because the
     *     fewer latents there are, the more each counts in the loss (measured, docs/methods/compositional-inversion.md)
     * @param threshold of the loss, at which an image is left alone, at least 0
     * @param iterations the most steps before one call, at least 1
     * @param calls how many model calls are guided, from the first one that is made; two make a step of Heun
     */
    public record Settings(LayoutLoss loss, double scale, double threshold, int iterations, int calls) {
        /** The authors' code: squared, scale 30, threshold 0.2, 5 steps before each of the first 10 calls of 50. */
        public static final Settings CODE = new Settings(new LayoutLoss(true), 30, 0.2, 5, 10);

        /** The paper's equation 9, which is not squared; what it does not say as in the code. */
        public static final Settings PAPER =
                new Settings(new LayoutLoss(false), CODE.scale, CODE.threshold, CODE.iterations, CODE.calls);

        /** Checks the ranges. */
        public Settings {
            if (!(scale > 0 && threshold >= 0) || iterations < 1 || calls < 0) {
                throw new IllegalArgumentException(
                        "scale must be > 0, threshold >= 0, iterations >= 1, calls >= 0; got " + scale + ", "
                                + threshold + ", " + iterations + ", " + calls);
            }
        }
    }

    /** Copies the list and checks that there is something to hold. */
    public BoxGuide {
        things = List.copyOf(things);
        if (things.isEmpty()) {
            throw new IllegalArgumentException("a guide of boxes needs at least one thing to hold");
        }
    }

    /**
     * A guide with the authors' layers and settings. Several boxes of one word are its places.
     *
     * @param prompt tokenised
     * @throws IllegalArgumentException if the prompt does not hold a word
     */
    public static BoxGuide of(UNet unet, TokenIds prompt, List<WordBox> boxes) {
        Map<String, List<Box>> places = new LinkedHashMap<>();
        boxes.forEach(box ->
                places.computeIfAbsent(box.word(), word -> new ArrayList<>()).add(box.box()));
        List<LayoutLoss.Placed> things = new ArrayList<>();
        places.forEach((word, own) -> {
            List<Integer> tokens = prompt.wordPositions(word);
            if (tokens.isEmpty()) {
                throw new IllegalArgumentException("there is a box for " + word + ", but the prompt \""
                        + prompt.prompt()
                        + "\" does not hold it" + (prompt.truncated() ? " within the text encoder's length" : "")
                        + "; put it into the prompt, or leave the box out");
            }
            things.add(new LayoutLoss.Placed(tokens, own));
        });
        return new BoxGuide(things, middle(unet.crossAttentionLayers()), Settings.CODE);
    }

    /** The layers of the middle block and of the first block on the way up that reads the text, as the authors chose. */
    public static LayerChoice middle(List<AttentionLayer> layers) {
        String firstUp = layers.stream()
                .map(BoxGuide::block)
                .filter(block -> block.startsWith("up_blocks."))
                .findFirst()
                .orElse("");
        Set<Integer> chosen = layers.stream()
                .filter(layer -> block(layer).equals(firstUp) || block(layer).equals("mid_block"))
                .map(AttentionLayer::index)
                .collect(Collectors.toSet());
        return (layer, resolution) -> chosen.contains(layer.index());
    }

    /** What the scale is for latents of this size. */
    static double scale(Settings settings, long height, long width) {
        return settings.scale * Math.sqrt((double) height * width) / AUTHORS_SIDE;
    }

    private static String block(AttentionLayer layer) {
        return layer.name().replaceFirst("\\.attentions\\..*", "");
    }

    @Override
    public Tensor move(Tensor latents, Moment moment) {
        Tensor moved = latents;
        double step = scale(settings, latents.size(2), latents.size(3)) * Math.pow(moment.noiseLevel(), 2);
        for (int i = 0; i < settings.iterations && moment.made() < settings.calls; i++) {
            try (Scope scope = Scope.open()) {
                Tensor next = step(moved, moment, step);
                if (next == moved) {
                    break;
                }
                moved = scope.release(next);
            }
        }
        return moved;
    }

    /** One step for the images whose loss is above the threshold; the same latents if there are none. */
    private Tensor step(Tensor latents, Moment moment, double step) {
        Tensor leaf = latents.detach().requiresGrad(true);
        AttentionMaps maps = moment.look(leaf, layers);
        Tensor losses = settings.loss.of(maps, things); // (images)
        Tensor open = losses.detach().greater(settings.threshold).to(DType.FLOAT32);
        if (open.sum().item() == 0) {
            return latents;
        }
        Tensor gradient = Gradients.of(losses.sum(), List.of(leaf)).get(0);
        return latents.minus(gradient.times(open.reshape(-1, 1, 1, 1)).times(step));
    }
}
