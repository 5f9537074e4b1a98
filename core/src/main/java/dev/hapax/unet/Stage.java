package dev.hapax.unet;

/**
 * One resolution of the U-Net, on its way down, in the middle, or on its way up.
 *
 * @param channels of its features
 * @param resnets how many residual blocks it has
 * @param attention whether each of them is followed by a transformer
 * @param transformerLayers transformer blocks in each transformer
 * @param heads attention heads; each is {@code channels / heads} wide, rounded down
 * @param contextWidth width of the text that it reads
 * @param divisor how many latent pixels lie along one side of one of its pixels
 */
record Stage(
        int channels, int resnets, boolean attention, int transformerLayers, int heads, int contextWidth, int divisor) {
    Stage {
        if (channels < 1 || resnets < 1 || transformerLayers < 0 || contextWidth < 1) {
            throw new IllegalArgumentException("block_out_channels (" + channels + "), layers_per_block (" + resnets
                    + ") and cross_attention_dim (" + contextWidth
                    + ") must be >= 1, transformer_layers_per_block (" + transformerLayers + ") >= 0");
        }
        if (attention && (heads < 1 || heads > channels)) {
            throw new IllegalArgumentException(
                    heads + " attention heads do not fit " + channels + " channels; attention_head_dim counts heads");
        }
    }

    /** Channels inside the transformer: heads times the width of a head. */
    int innerWidth() {
        return heads * (channels / heads);
    }
}
