package dev.hapax.vision;

import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/**
 * How a square table of positions is brought to images of another size, bicubically. The two rules differ by a tenth of
 * a patch over the whole side.
 */
public enum PositionRule {
    /** To as many rows and columns as the image has patches: transformers' rule. */
    TARGET_SIZE {
        @Override
        Tensor resize(Tensor grid, long rows, long columns) {
            return Functional.resizeBicubic(grid, rows, columns);
        }
    },
    /**
     * By the factor {@code (patches + 0.1) / side}, where the tenth keeps rounding errors from losing a row: the rule of
     * the original repositories of DINO and DINOv2.
     */
    SCALE_FACTOR {
        @Override
        Tensor resize(Tensor grid, long rows, long columns) {
            return Functional.resizeBicubic(
                    grid, rows, columns, (rows + MARGIN) / grid.size(2), (columns + MARGIN) / grid.size(3));
        }
    };

    private static final double MARGIN = 0.1;

    /** (1, width, side, side) to (1, width, rows, columns). */
    abstract Tensor resize(Tensor grid, long rows, long columns);
}
