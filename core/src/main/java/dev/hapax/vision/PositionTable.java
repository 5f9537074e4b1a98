package dev.hapax.vision;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * The learned positions of a class token and of a square of patches.
 *
 * @param table (1, 1 + side * side, width)
 * @param side patches along each side of the square
 */
public record PositionTable(Tensor table, int side) {

    /** The positions of an image of {@code rows} times {@code columns} patches: (1, 1 + rows * columns, width). */
    public Tensor at(long rows, long columns, PositionRule rule) {
        if (rows == side && columns == side) {
            return table;
        }
        return Scope.run(() -> {
            long width = table.size(2);
            Tensor square = table.narrow(1, 1, (long) side * side)
                    .reshape(1, side, side, width)
                    .permute(0, 3, 1, 2); // (1, width, side, side)
            Tensor grid = rule.resize(exact(square), rows, columns); // (1, width, rows, columns)
            Tensor patches = grid.permute(0, 2, 3, 1).reshape(1, rows * columns, width);
            return Tensor.cat(List.of(table.narrow(1, 0, 1), patches.to(table.dtype())), 1);
        });
    }

    /** 16-bit tables are interpolated in fp32. */
    private static Tensor exact(Tensor square) {
        return square.dtype().bytes() > 2 ? square : square.to(DType.FLOAT32);
    }
}
