package dev.hapax.unet;

import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.Reading;
import dev.hapax.tensor.Segments;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * What every block of one forward pass may look at beside its input.
 *
 * @param time (b, time width)
 * @param texts for each cross-attention layer (b, tokens, text width)
 * @param held how many of their first tokens pass no gradient through keys and values
 * @param reading how keys and values are made of them
 * @param probe sees attention probabilities
 * @param segments how blocks are run
 */
record Conditions(
        Tensor time, List<Tensor> texts, int held, Reading reading, AttentionProbe probe, Segments segments) {}
