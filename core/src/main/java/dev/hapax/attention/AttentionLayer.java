package dev.hapax.attention;

/**
 * One place at which a U-Net reads its text.
 *
 * @param index position in execution order (down, mid, up), from 0; the layers of P+ and MATTE are counted like this
 * @param name the module's name in diffusers, for example
 *     {@code mid_block.attentions.0.transformer_blocks.0.attn2}
 * @param divisor how many latent pixels lie along one side of a pixel of this layer: 1, 2, 4, ...
 * @param textWidth width of the text that it reads
 */
public record AttentionLayer(int index, String name, int divisor, int textWidth) {
    /** Checks the numbers. */
    public AttentionLayer {
        if (index < 0 || divisor < 1 || textWidth < 1) {
            throw new IllegalArgumentException("layer index must be >= 0, divisor and text width >= 1, got " + index
                    + ", " + divisor + ", " + textWidth);
        }
    }

    /** The resolution at which it runs on latents of this size; halves are rounded up. */
    public Resolution resolution(long latentHeight, long latentWidth) {
        return new Resolution(
                (int) ((latentHeight + divisor - 1) / divisor), (int) ((latentWidth + divisor - 1) / divisor));
    }
}
