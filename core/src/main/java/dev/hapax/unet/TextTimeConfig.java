package dev.hapax.unet;

/**
 * The added conditions of Stable Diffusion XL (Podell et al. 2023, section 2.2).
 *
 * @param numberWidth width of the sinusoidal embedding of each number
 * @param inputWidth width of the pooled text plus six embedded numbers
 */
record TextTimeConfig(int numberWidth, int inputWidth) {
    TextTimeConfig {
        if (numberWidth < 2 || inputWidth <= numberWidth) {
            throw new IllegalArgumentException("projection_class_embeddings_input_dim " + inputWidth
                    + " has no room for a pooled text beside numbers of addition_time_embed_dim " + numberWidth);
        }
    }
}
