package dev.hapax.unet;

/**
 * One resolution of Kandinsky's U-Net.
 *
 * @param channels of its features
 * @param resnets how many residual blocks it has
 * @param attention whether each of them is followed by attention
 * @param headWidth of one attention head; it divides {@code channels}
 * @param onlyContext whether attention sees the context alone, and not the features too
 */
record KandinskyStage(int channels, int resnets, boolean attention, int headWidth, boolean onlyContext) {
    KandinskyStage {
        if (channels < 1 || resnets < 1) {
            throw new IllegalArgumentException(
                    "block_out_channels (" + channels + ") and layers_per_block (" + resnets + ") must be >= 1");
        }
        if (attention && (headWidth < 1 || channels % headWidth != 0)) {
            throw new IllegalArgumentException(
                    "heads of attention_head_dim " + headWidth + " do not divide " + channels + " channels");
        }
    }
}
