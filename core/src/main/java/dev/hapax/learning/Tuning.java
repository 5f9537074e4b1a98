package dev.hapax.learning;

import dev.hapax.unet.Moving;
import java.util.OptionalInt;

/**
 * Which weights of the model move beside the words. The model's own are never written to: what moves are copies, or
 * factors of low rank that are added ({@code W + up * down}, Hu et al. 2021).
 *
 * @param unet which weights of the U-Net
 * @param textEncoder whether the text encoder moves as well, all but the embeddings of its vocabulary; with a rank, its
 *     attention
 * @param rank of a LoRA in place of whole matrices; empty for whole matrices
 * @param held the first so many tokens of a text pass no gradient through keys and values of cross-attention. Custom
 *     Diffusion holds the start token, 1; otherwise 0
 */
public record Tuning(UNetPart unet, boolean textEncoder, OptionalInt rank, int held) {

    /** Weights of a U-Net. */
    public enum UNetPart {
        /** None of them. */
        NONE,
        /** Keys and values of every cross-attention. */
        CROSS_KEYS_VALUES,
        /** Queries, keys, values and outputs of every attention, without biases. */
        ATTENTION,
        /** All. */
        ALL
    }

    /** Only words move: Textual Inversion and what follows it. */
    public static final Tuning NONE = new Tuning(UNetPart.NONE, false, OptionalInt.empty(), 0);

    /** Keys and values of every cross-attention, the start token held (Kumari et al. 2023, section 3.2, and their code). */
    public static final Tuning CROSS_KEYS_VALUES =
            new Tuning(UNetPart.CROSS_KEYS_VALUES, false, OptionalInt.empty(), 1);

    /** The whole U-Net (Ruiz et al. 2023, section 3.2). */
    public static final Tuning UNET = new Tuning(UNetPart.ALL, false, OptionalInt.empty(), 0);

    /** Checks that the choices go together. */
    public Tuning {
        if (held < 0) {
            throw new IllegalArgumentException("the number of held tokens must be >= 0, got " + held);
        }
        if (rank.isPresent() && rank.getAsInt() < 1) {
            throw new IllegalArgumentException("the rank of a LoRA must be at least 1, got " + rank.getAsInt());
        }
        if (rank.isPresent() && unet == UNetPart.ALL) {
            throw new IllegalArgumentException("a LoRA changes matrices of attention, not the whole U-Net; ask for "
                    + UNetPart.ATTENTION + ", or leave the rank out");
        }
    }

    /** The same with the text encoder moving, or not. */
    public Tuning withTextEncoder(boolean yes) {
        return new Tuning(unet, yes, rank, held);
    }

    /** The same as a LoRA of this rank; in place of the whole U-Net, its attention. */
    public Tuning withRank(int lora) {
        return new Tuning(unet == UNetPart.ALL ? UNetPart.ATTENTION : unet, textEncoder, OptionalInt.of(lora), held);
    }

    /** How much of the U-Net moves with it. */
    Moving moving() {
        return switch (unet) {
            case NONE -> Moving.TEXT;
            case CROSS_KEYS_VALUES -> Moving.KEYS_VALUES;
            case ATTENTION -> Moving.ATTENTION;
            case ALL -> Moving.ALL;
        };
    }

    /** Whether no weight moves. */
    public boolean isNone() {
        return unet == UNetPart.NONE && !textEncoder;
    }
}
