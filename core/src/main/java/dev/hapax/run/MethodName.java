package dev.hapax.run;

import dev.hapax.learning.AdamW;
import dev.hapax.method.mcpl.McplSettings;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The methods of learning words by the names that users give them, each with what it starts from. */
public enum MethodName {
    /** The whole of MCPL: the placeholders are learned, with PromptCL and AttnMask. */
    MCPL("mcpl", McplSettings.FULL, Usual.WORDS),
    /** The placeholders are learned, without regularisers. */
    MCPL_ONE("mcpl-one", McplSettings.PLAIN, Usual.WORDS),
    /** Every word of the prompt is learned, without regularisers. */
    MCPL_ALL("mcpl-all", McplSettings.PLAIN, Usual.WORDS),
    /** As {@link #MCPL_ONE}, with a word for each picture beside. */
    MCPL_DIVERSE("mcpl-diverse", McplSettings.PLAIN, Usual.WORDS),
    /** One word, without regularisers. */
    TEXTUAL_INVERSION("textual-inversion", McplSettings.PLAIN, Usual.WORDS),
    /** The whole U-Net (README of diffusers' script, the recipe with prior preservation). */
    DREAMBOOTH("dreambooth", McplSettings.PLAIN, new Usual(800, 5e-6, 1, 0, 1, true)),
    /** Keys, values and modifiers (README of diffusers' script: 1e-5 scaled by batch 2, two GPUs and the prior). */
    CUSTOM_DIFFUSION("custom-diffusion", McplSettings.PLAIN, new Usual(250, 8e-5, 4, 0.5, 1, true)),
    /** Custom Diffusion with DisenDiff's attention losses (the authors' configuration: 8 samples, half of them remind). */
    DISENDIFF("disendiff", McplSettings.PLAIN, new Usual(250, 8e-5, 4, 0.5, Double.POSITIVE_INFINITY, true)),
    /** One word with vectors for each layer (steps, rate and batch of third-party code; the paper's say 500 steps too). */
    PPLUS("pplus", McplSettings.PLAIN, new Usual(500, 5e-3, 8, 0, Double.POSITIVE_INFINITY, false)),
    /** One word with vectors for each stage (steps: within the paper's 1000 to 3000; rate of the direct form: ours). */
    PROSPECT("prospect", McplSettings.PLAIN, new Usual(1000, 5e-3, 4, 0, Double.POSITIVE_INFINITY, false)),
    /** Four words for the attributes of a picture (all ours: the paper's are not known). */
    MATTE("matte", McplSettings.PLAIN, new Usual(1000, 5e-3, 4, 0, Double.POSITIVE_INFINITY, false));

    /**
     * What a method is run with unless something else is asked for.
     *
     * @param steps optimiser steps
     * @param rate the learning rate of what moves
     * @param batch samples of one step
     * @param flip probability that a sample is mirrored
     * @param clip the longest gradient
     * @param weights whether weights of the model move
     */
    public record Usual(long steps, double rate, int batch, double flip, double clip, boolean weights) {
        /** Of the methods that learn words alone (README of diffusers' textual inversion: 5e-4 scaled by a batch of 4). */
        static final Usual WORDS = new Usual(3000, 2e-3, 4, 0, Double.POSITIVE_INFINITY, false);
    }

    private final String text;
    private final McplSettings regularisers;
    private final Usual usual;

    MethodName(String text, McplSettings regularisers, Usual usual) {
        this.text = text;
        this.regularisers = regularisers;
        this.usual = usual;
    }

    /** The regularisers of MCPL that act unless others are asked for. */
    public McplSettings regularisers() {
        return regularisers;
    }

    /** What it is run with unless something else is asked for. */
    public Usual usual() {
        return usual;
    }

    /** Whether it learns words that differ between layers or stages, or have their places there. */
    public boolean cells() {
        return this == PPLUS || this == PROSPECT || this == MATTE;
    }

    /** Whether it learns one word at a time. */
    public boolean oneWord() {
        return this == TEXTUAL_INVERSION || this == PPLUS || this == PROSPECT;
    }

    /** The optimiser; where a step reads a part of the vectors alone, the others stay as they are. */
    public AdamW.Settings adam() {
        return this == PROSPECT || this == MATTE
                ? AdamW.Settings.DEFAULT.withWeightDecay(0).withLazyRows()
                : AdamW.Settings.DEFAULT;
    }

    /** Whether pictures are shown far away and close up unless something else is asked for (Custom Diffusion's code). */
    public boolean augments() {
        return this == CUSTOM_DIFFUSION || this == DISENDIFF;
    }

    /**
     * The method of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static MethodName of(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no method \"" + text + "\"; there are "
                        + Arrays.stream(values()).map(MethodName::toString).collect(Collectors.joining(", "))));
    }

    /** As users write it, for example {@code mcpl-one}. */
    @Override
    public String toString() {
        return text;
    }
}
