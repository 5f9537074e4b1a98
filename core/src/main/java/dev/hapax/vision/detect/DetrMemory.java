package dev.hapax.vision.detect;

import dev.hapax.tensor.Tensor;

/**
 * What every layer of the decoder reads.
 *
 * @param queries the learned positions of the object queries, (b, queries, width)
 * @param cells the encoded feature map, (b, cells, width)
 * @param placedCells the same with the positions of the cells added
 * @param mask added to the scores of cells, (b, 1, 1, cells)
 */
record DetrMemory(Tensor queries, Tensor cells, Tensor placedCells, Tensor mask) {}
