package dev.hapax.picturebook.check;

import dev.hapax.tensor.Tensor;

/**
 * What the reader's network says about b pictures, each covered by a grid of g by g cells. All but the boxes are logits.
 *
 * @param kinds whether the middle of a thing of this kind is in a cell, each for itself (b, kinds, g, g)
 * @param colors of the thing whose middle is there (b, colors, g, g)
 * @param patterns of that thing (b, patterns, g, g)
 * @param boxes of that thing (b, 4, g, g): how far its middle is right of and below the middle of the cell, in cells;
 *     its width and height, as shares of the picture
 * @param styles of the whole picture (b, styles)
 * @param backgrounds of the whole picture (b, backgrounds)
 */
public record ReaderHeads(
        Tensor kinds, Tensor colors, Tensor patterns, Tensor boxes, Tensor styles, Tensor backgrounds) {}
