package dev.hapax.method.prospect;

import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.RowMaker;
import java.util.ArrayList;
import java.util.List;

/**
 * The net that makes ProSpect's vectors of one start vector x (official code, one block): {@code h <- h + Attn(LN h)}
 * twice, then a gated feed-forward layer without a residual, {@code P = FF(LN h)}, reshaped to (stages, width).
 *
 * <p>The sequence has length 1, so attention is its value alone: {@code Attn(h) = W_o W_v h + b_o}. Queries and keys, which
 * no gradient ever reaches, are left out (4 x 512 x width of the code's 31,477,248 parameters at width 768), and dropout.
 * All parameters lie in one matrix, one behind the other; its last row is the start vector, which does not move.
 *
 * @param stages how many vectors to make
 * @param rng of the first weights
 */
record StageNet(int stages, Rng rng) implements RowMaker {
    private static final int INNER = 512; // 8 heads of 64; official code
    private static final int EXPANSION = 4; // official code
    private static final double EPSILON = 1e-5;

    /** A parameter: its rows in the matrix, and the number of values that reach one output (0 for norms). */
    private record Part(String name, long rows, long fanIn) {}

    private List<Part> parts(long width) {
        List<Part> parts = new ArrayList<>();
        for (String attention : List.of("attn1", "attn2")) {
            parts.add(new Part(attention + ".norm.weight", 1, 0));
            parts.add(new Part(attention + ".norm.bias", 1, 0));
            parts.add(new Part(attention + ".value", INNER, width));
            parts.add(new Part(attention + ".out.weight", INNER, INNER));
            parts.add(new Part(attention + ".out.bias", 1, INNER));
        }
        parts.add(new Part("norm.weight", 1, 0));
        parts.add(new Part("norm.bias", 1, 0));
        parts.add(new Part("gate.weight", 2 * EXPANSION * width, width));
        parts.add(new Part("gate.bias", 2 * EXPANSION, width));
        parts.add(new Part("last.weight", EXPANSION * width * stages, EXPANSION * width));
        parts.add(new Part("last.bias", stages, EXPANSION * width));
        return parts;
    }

    /** How many parameters move at this width. */
    long parameters(long width) {
        return parts(width).stream().mapToLong(Part::rows).sum() * width;
    }

    @Override
    public Tensor initial(Tensor start) {
        long width = start.size(1);
        List<Tensor> all = new ArrayList<>();
        for (Part part : parts(width)) {
            Tensor zeros = Tensor.zeros(DType.FLOAT32, part.rows(), width);
            if (part.fanIn() > 0) {
                double bound = 1 / Math.sqrt(part.fanIn()); // PyTorch's first weights of a linear layer
                all.add(rng.normal(Purpose.INITIALISATION, 0, all.size(), part.rows(), width)
                        .times(bound / Math.sqrt(3))); // normal, of the uniform's deviation
            } else {
                all.add(part.name().endsWith("weight") ? zeros.plus(1) : zeros);
            }
        }
        all.add(start);
        return Tensor.cat(all, 0);
    }

    @Override
    public Tensor rows(Tensor parameters) {
        long width = parameters.size(1);
        Reader read = new Reader(parameters);
        Tensor h = parameters.narrow(0, parameters.size(0) - 1, 1).detach(); // (1, width)
        for (int i = 0; i < 2; i++) {
            Tensor normed = norm(h, read.next(1).reshape(width), read.next(1).reshape(width));
            Tensor value = Functional.linear(normed, read.next(INNER), null); // (1, inner)
            Tensor out = read.next(INNER).reshape(width, INNER);
            h = h.plus(Functional.linear(value, out, read.next(1).reshape(width)));
        }
        Tensor normed = norm(h, read.next(1).reshape(width), read.next(1).reshape(width));
        long hidden = EXPANSION * width;
        List<Tensor> halves = Functional.linear(
                        normed, read.next(2 * hidden), read.next(2 * EXPANSION).reshape(2 * hidden))
                .chunk(2, 1); // values and gates, (1, hidden) each
        Tensor gated = halves.get(0).times(Functional.gelu(halves.get(1)));
        Tensor last = read.next(hidden * stages).reshape(stages * width, hidden);
        Tensor made = Functional.linear(gated, last, read.next(stages).reshape(stages * width));
        return made.reshape(stages, width);
    }

    private static Tensor norm(Tensor h, Tensor weight, Tensor bias) {
        return new LayerNorm(weight, bias, EPSILON).apply(h);
    }

    /** Takes the parameters one behind the other. */
    private static final class Reader {
        private final Tensor all;
        private long done;

        Reader(Tensor all) {
            this.all = all;
        }

        Tensor next(long rows) {
            Tensor part = all.narrow(0, done, rows);
            done += rows;
            return part;
        }
    }
}
