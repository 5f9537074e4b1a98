package dev.hapax.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The network functions that models are made of. Images are (batch, channels, height, width). */
public final class Functional {
    /** Scores of one head (m times n) up to which 16-bit attention on a CPU is written out. */
    private static final long WRITTEN_OUT_SCORES = 1L << 20;

    private Functional() {}

    /**
     * {@code x W^T + b}: x (..., in), weight (out, in), bias (out). A few rows times a large matrix are computed in pieces of
     * the matrix ({@link ThinProduct}).
     */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        int piece = ThinProduct.piece(x, weight);
        if (piece > 0) {
            Tensor product = ThinProduct.of(x, weight, piece);
            return bias == null ? product : product.plus(bias);
        }
        return bias == null
                ? Tensor.call("linear", () -> torch.linear(x.handle, weight.handle), x, weight)
                : Tensor.call(
                        "linear",
                        () -> torch.linear(x.handle, weight.handle, new TensorOptional(bias.handle)),
                        x,
                        weight,
                        bias);
    }

    /** Convolution with square stride and zero padding: x (b, in, h, w), weight (out, in, k, k), bias (out). */
    public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return Tensor.call(
                "conv2d",
                () -> torch.conv2d(
                        x.handle,
                        weight.handle,
                        optional(bias),
                        new long[] {stride, stride},
                        new long[] {padding, padding},
                        new long[] {1, 1},
                        1),
                x,
                weight);
    }

    /** The largest value of each square window, which reaches over the edge by {@code padding}: x (b, c, h, w). */
    public static Tensor maxPool2d(Tensor x, int window, int stride, int padding) {
        return Tensor.call(
                "maxPool2d",
                () -> torch.max_pool2d(
                        x.handle,
                        new long[] {window, window},
                        new long[] {stride, stride},
                        new long[] {padding, padding},
                        new long[] {1, 1},
                        false),
                x);
    }

    /** The mean of each square window of {@code side} pixels, side by side; what is left over at the edge is dropped. */
    public static Tensor averagePool2d(Tensor x, int side) {
        return Tensor.call("averagePool2d", () -> torch.avg_pool2d(x.handle, side), x);
    }

    /**
     * Group normalisation over channels with a scale and shift per channel.
     *
     * <p>Where a gradient will be asked for, a channels-last image takes the way through NCHW memory: libtorch's backward
     * pass over channels-last memory is 7 to 40 times slower than the two copies and its NCHW form together.
     */
    public static Tensor groupNorm(Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
        boolean detour = x.requiresGrad() && x.rank() == 4 && !x.handle.is_contiguous();
        Tensor input = detour ? x.contiguous() : x;
        Tensor output = Tensor.call(
                "groupNorm",
                () -> torch.group_norm(input.handle, groups, optional(weight), optional(bias), epsilon, true),
                x,
                weight,
                bias);
        return detour ? output.channelsLast() : output;
    }

    /** Layer normalisation over the last axis with a scale and shift. */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
        return Tensor.call(
                "layerNorm",
                () -> torch.layer_norm(x.handle, weight.shape(), optional(weight), optional(bias), epsilon, true),
                x,
                weight,
                bias);
    }

    /** {@code x / sqrt(mean(x^2) + epsilon)} over the last axis, times a weight (Zhang and Sennrich 2019). */
    public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
        Tensor wide = x.dtype().bytes() > 2 ? x : x.to(DType.FLOAT32);
        Tensor scaled = wide.over(wide.square().mean(true, -1).plus(epsilon).sqrt());
        return scaled.to(x.dtype()).times(weight);
    }

    /** {@code x * sigmoid(x)}, also called swish. */
    public static Tensor silu(Tensor x) {
        return Tensor.call("silu", () -> torch.silu(x.handle), x);
    }

    /** The exact Gaussian error linear unit. */
    public static Tensor gelu(Tensor x) {
        return Tensor.call("gelu", () -> torch.gelu(x.handle), x);
    }

    /** The Gaussian error linear unit in its approximation by a hyperbolic tangent (Hendrycks and Gimpel 2016). */
    public static Tensor geluTanh(Tensor x) {
        return Tensor.call("gelu", () -> torch.gelu(x.handle, "tanh"), x);
    }

    /** {@code x * sigmoid(1.702 x)}, the approximation that the first CLIP models were trained with. */
    public static Tensor quickGelu(Tensor x) {
        return x.times(x.times(1.702).sigmoid());
    }

    public static Tensor relu(Tensor x) {
        return Tensor.call("relu", () -> torch.relu(x.handle), x);
    }

    /**
     * {@code softmax(q k^T / sqrt(d) + mask) v}; q (b, heads, m, d), k and v (b, heads, n, d).
     *
     * <p>fp32 and CUDA take the fused kernel. On a CPU its 16-bit form is fast in one case only: forward, in bf16, on
     * processors with AMX. Otherwise it is 2 to 40 times slower than plain matrix products (measured, see decision 3), so
     * small problems are written out in 16 bits and big ones run the kernel in fp32.
     *
     * @param mask added to the scores, broadcastable to (b, heads, m, n); null for none
     */
    public static Tensor attention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
        if (q.dtype().bytes() > 2 || q.device().kind() == Device.Kind.CUDA) {
            return fusedAttention(q, k, v, mask);
        }
        boolean backward = q.requiresGrad() || k.requiresGrad() || v.requiresGrad();
        if (Engine.HAS_AMX && q.dtype() == DType.BFLOAT16 && !backward) {
            return fusedAttention(q, k, v, in(q.dtype(), mask));
        }
        if (q.size(2) * k.size(2) <= WRITTEN_OUT_SCORES) {
            return attentionProbabilities(q, k, in(q.dtype(), mask)).matmul(v);
        }
        DType wide = DType.FLOAT32;
        return fusedAttention(q.to(wide), k.to(wide), v.to(wide), in(wide, mask))
                .to(q.dtype());
    }

    private static @Nullable Tensor in(DType dtype, @Nullable Tensor mask) {
        return mask == null ? null : mask.to(dtype);
    }

    /** {@code softmax(q k^T / sqrt(d) + mask)}, (b, heads, m, n): what attention weighs the values with. */
    public static Tensor attentionProbabilities(Tensor q, Tensor k, @Nullable Tensor mask) {
        Tensor scores = q.times(1 / Math.sqrt(q.size(3))).matmul(k.transpose(-1, -2)); // (b, heads, m, n)
        return (mask == null ? scores : scores.plus(mask)).softmax(-1);
    }

    private static Tensor fusedAttention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
        return Tensor.call(
                "attention",
                () -> torch.scaled_dot_product_attention(
                        q.handle, k.handle, v.handle, optional(mask), 0.0, false, new DoubleOptional(), false),
                q,
                k,
                v);
    }

    /** Rows of {@code table} (n, width) by int64 {@code ids} of any shape: (..., width). */
    public static Tensor embedding(Tensor table, Tensor ids) {
        return Tensor.call("embedding", () -> torch.embedding(table.handle, ids.handle), table, ids);
    }

    /** Nearest-neighbour resize of (b, c, h, w) to the given height and width. */
    public static Tensor resizeNearest(Tensor x, long height, long width) {
        return Tensor.call("resizeNearest", () -> torch.upsample_nearest2d(x.handle, height, width), x);
    }

    /** Bilinear resize of (b, c, h, w), corners not aligned. */
    public static Tensor resizeBilinear(Tensor x, long height, long width) {
        return resizeBilinear(x, height, width, false);
    }

    /** Bilinear resize of (b, c, h, w) whose corner pixels are those of {@code x}. */
    public static Tensor resizeBilinearCorners(Tensor x, long height, long width) {
        return resizeBilinear(x, height, width, true);
    }

    private static Tensor resizeBilinear(Tensor x, long height, long width, boolean corners) {
        return Tensor.call(
                "resizeBilinear",
                () -> torch.upsample_bilinear2d(
                        x.handle, new long[] {height, width}, corners, new DoubleOptional(), new DoubleOptional()),
                x);
    }

    /** Bicubic resize of (b, c, h, w) with Keys' parameter a = -0.75, corners not aligned, not smoothed when shrinking. */
    public static Tensor resizeBicubic(Tensor x, long height, long width) {
        return resizeBicubic(x, height, width, new DoubleOptional(), new DoubleOptional());
    }

    /**
     * The same, where the place that a target pixel is taken from is told by the given factors and not by the ratio of
     * the sizes: row {@code i} lies at {@code (i + 0.5) / heightFactor - 0.5}, and columns likewise.
     */
    public static Tensor resizeBicubic(Tensor x, long height, long width, double heightFactor, double widthFactor) {
        return resizeBicubic(x, height, width, new DoubleOptional(heightFactor), new DoubleOptional(widthFactor));
    }

    private static Tensor resizeBicubic(
            Tensor x, long height, long width, DoubleOptional heightFactor, DoubleOptional widthFactor) {
        return Tensor.call(
                "resizeBicubic",
                () -> torch.upsample_bicubic2d(x.handle, new long[] {height, width}, false, heightFactor, widthFactor),
                x);
    }

    /** Adds a border of a constant to the last two axes. */
    public static Tensor pad(Tensor x, int left, int right, int top, int bottom, double value) {
        return Tensor.call(
                "pad",
                () -> torch.constant_pad_nd(
                        x.handle, new long[] {left, right, top, bottom}, new org.bytedeco.pytorch.Scalar(value)),
                x);
    }

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.handle);
    }
}
