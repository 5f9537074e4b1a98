package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Product;
import java.util.List;

/**
 * How images are drawn.
 *
 * @param steps of the sampler, at least 1
 * @param guidance how strongly the prompt pulls
 * @param sampler its name
 * @param seeds how many images of each prompt, from the first of seed {@code seed} on; at least 1
 * @param curveSeeds how many of each prompt with words that are half learned; at most {@code seeds}
 * @param seed of the noise of an ask that adds nothing to it
 */
public record Drawing(int steps, double guidance, String sampler, int seeds, int curveSeeds, long seed) {
    private static final double DECODER = 10; // calls of the U-Net that decoding an image costs

    /** Checks the numbers. */
    public Drawing {
        if (steps < 1 || seeds < 1 || curveSeeds < 0 || curveSeeds > seeds) {
            throw new IllegalArgumentException("steps and images of a prompt must be at least 1, and those of half"
                    + " learned words no more; got " + steps + ", " + seeds + " and " + curveSeeds);
        }
    }

    /**
     * How Picturebook draws where nothing depends on the sampler: 12 steps of DPM-Solver++ (2M), which are worth 25 of DDIM
     * there (docs/methods/evaluation.md), at guidance 4.
     */
    static Drawing small(int seeds) {
        return new Drawing(12, 4, "dpm++2m", seeds, 0, 7);
    }

    /**
     * One image.
     *
     * @param words products with the words of its prompt
     * @param step after how many steps of learning
     * @param image which one of the prompt, from 0
     */
    Product product(Ground ground, Ask ask, List<Product> words, long step, int image) {
        ObjectNode node = settings(ground, ask.prompt(), step, seed + ask.noise(), image);
        if (!ask.boxes().isEmpty()) {
            ask.boxes().forEach(box -> node.withArray("boxes").add(box.toString()));
        }
        return Product.of(WordWork.DRAW, node, words);
    }

    /**
     * One image that shall not show something.
     *
     * @param negative the negative prompt; empty for none
     * @param words products with the words of its prompt
     * @param step after how many steps of learning
     * @param image which one of the prompt, from 0
     */
    Product product(Ground ground, String prompt, String negative, List<Product> words, long step, int image) {
        ObjectNode node = settings(ground, prompt, step, seed, image);
        if (!negative.isEmpty()) {
            node.put("negative", negative);
        }
        return Product.of(WordWork.DRAW, node, words);
    }

    private ObjectNode settings(Ground ground, String prompt, long step, long noise, int image) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("prompt", prompt);
        node.put("step", step);
        node.put("seed", noise);
        node.put("image", image);
        node.put("sampler_steps", steps);
        node.put("guidance", guidance);
        node.put("sampler", sampler);
        return node;
    }

    /** The same from other noise. */
    Drawing withSeed(long other) {
        return new Drawing(steps, guidance, sampler, seeds, curveSeeds, other);
    }

    /** The work of one image, in calls of the U-Net with one image. */
    double work() {
        return work(steps);
    }

    /** The work of one image of so many steps, in calls of the U-Net with one image. */
    static double work(int samplerSteps) {
        return 2.0 * samplerSteps + DECODER;
    }

    /** For people. */
    String text() {
        return sampler + ", " + steps + " steps, guidance " + guidance + ", " + seeds + " images of each prompt, seed "
                + seed;
    }
}
