package dev.hapax.vision;

import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/**
 * How a square table of positions is brought to images of another size.
 */
public enum PositionRule {
    /** Bicubically, to as many rows and columns as the image has patches: transformers' rule for DINO. */
    TARGET_SIZE {
        @Override
        Tensor resize(Tensor grid, long rows, long columns) {
            return Functional.resizeBicubic(grid, rows, columns);
        }
    },
    /**
     * Bicubically by the factor {@code (patches + 0.1) / side}, where the tenth keeps rounding errors from losing a row:
     * the rule of the original repositories of DINO and DINOv2. It differs from the first by a tenth of a patch over the
     * whole side.
     */
    SCALE_FACTOR {
        @Override
        Tensor resize(Tensor grid, long rows, long columns) {
            return Functional.resizeBicubic(
                    grid, rows, columns, (rows + MARGIN) / grid.size(2), (columns + MARGIN) / grid.size(3));
        }
    },
    /** Bilinearly, so that the corners of the table stay at the corners of the image: ViLT's rule. */
    CORNERS {
        @Override
        Tensor resize(Tensor grid, long rows, long columns) {
            return Functional.resizeBilinearCorners(grid, rows, columns);
        }
    };

    private static final double MARGIN = 0.1;

    /** (1, width, side, side) to (1, width, rows, columns). */
    abstract Tensor resize(Tensor grid, long rows, long columns);
}
