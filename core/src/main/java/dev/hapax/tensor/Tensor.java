package dev.hapax.tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * A multi-dimensional array on some {@link Device}, with the arithmetic that models are written in.
 *
 * <p>Operations return new tensors, which belong to the innermost open {@link Scope}; views share memory with what
 * they were taken from. The few methods that change a tensor in place say so in their names. Axes may be negative and
 * then count from the end. Operands of other shapes are broadcast as in NumPy, and an int64
 * tensor that meets a double becomes fp32. Any operation throws
 * {@link TensorException} when the shapes do not fit.
 */
public final class Tensor implements AutoCloseable {
    final org.bytedeco.pytorch.Tensor handle;

    Tensor(org.bytedeco.pytorch.Tensor handle) {
        this.handle = handle;
    }

    // ---- making

    /** An fp32 tensor with these values in row-major order. */
    public static Tensor of(float[] values, long... shape) {
        return copied(
                "of",
                values.length,
                shape,
                () -> torch.from_blob(new FloatPointer(values), shape, options(DType.FLOAT32)));
    }

    /** An fp64 tensor with these values in row-major order. */
    public static Tensor of(double[] values, long... shape) {
        return copied(
                "of",
                values.length,
                shape,
                () -> torch.from_blob(new DoublePointer(values), shape, options(DType.FLOAT64)));
    }

    /** An int64 tensor with these values in row-major order. */
    public static Tensor of(long[] values, long... shape) {
        return copied(
                "of",
                values.length,
                shape,
                () -> torch.from_blob(new LongPointer(values), shape, options(DType.INT64)));
    }

    /** A uint8 tensor with these (unsigned) values in row-major order. */
    public static Tensor of(byte[] values, long... shape) {
        return copied(
                "of",
                values.length,
                shape,
                () -> torch.from_blob(new org.bytedeco.javacpp.BytePointer(values), shape, options(DType.UINT8)));
    }

    private static Tensor copied(
            String name, int length, long[] shape, Supplier<org.bytedeco.pytorch.Tensor> borrowed) {
        if (Shape.elements(shape) != length) {
            throw new IllegalArgumentException(length + " values do not fill shape " + Arrays.toString(shape));
        }
        Engine.ready();
        return Scope.run(() -> call(name, () -> borrowed.get().clone()));
    }

    /**
     * The first {@code bytes} bytes of a file as a uint8 tensor, mapped into memory: pages are read when they are
     * touched, and writing to the tensor leaves the file as it is. Views keep the mapping alive; it goes when the last
     * of them is freed.
     *
     * @throws TensorException if the file cannot be opened or is shorter
     */
    public static Tensor mapped(Path file, long bytes) {
        Engine.ready();
        return Scope.run(() -> call(
                "mapped",
                () -> torch.from_file(
                        file.toAbsolutePath().toString(),
                        new BoolOptional(false),
                        new LongOptional(bytes),
                        options(DType.UINT8))));
    }

    /** A scalar, fp32. */
    public static Tensor scalar(double value) {
        return of(new float[] {(float) value});
    }

    /** Zeros. */
    public static Tensor zeros(DType dtype, long... shape) {
        Engine.ready();
        return call("zeros", () -> torch.torch_zeros(shape, options(dtype)));
    }

    /** Ones. */
    public static Tensor ones(DType dtype, long... shape) {
        Engine.ready();
        return call("ones", () -> torch.torch_ones(shape, options(dtype)));
    }

    /** The integers 0, 1, ..., n - 1 as int64. */
    public static Tensor range(long n) {
        Engine.ready();
        return call("range", () -> torch.torch_arange(new Scalar(n), options(DType.INT64)));
    }

    /** Zeros of this tensor's shape, type and device. */
    public Tensor zerosLike() {
        return call("zerosLike", () -> torch.zeros_like(handle), this);
    }

    private static TensorOptions options(DType dtype) {
        return new TensorOptions(dtype.nativeType);
    }

    // ---- facts

    /** The sizes of all axes, outermost first. */
    public long[] shape() {
        long[] shape = new long[(int) handle.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = handle.size(i);
        }
        return shape;
    }

    /** The size of one axis. */
    public long size(int axis) {
        return handle.size(axis);
    }

    /** The number of axes. */
    public int rank() {
        return (int) handle.dim();
    }

    /** The number of elements. */
    public long elements() {
        return handle.numel();
    }

    /** The type of an element. */
    public DType dtype() {
        return DType.of(handle.scalar_type());
    }

    /** Where the elements are. */
    public Device device() {
        return handle.is_cuda() ? Device.cuda(handle.device().index()) : Device.CPU;
    }

    // ---- reading out

    /** The only element of a one-element tensor. */
    public double item() {
        if (elements() != 1) {
            throw new IllegalArgumentException("item() needs one element, got shape " + Arrays.toString(shape()));
        }
        try (Scope scope = Scope.open()) {
            return handle.detach().item().toDouble();
        }
    }

    /** All elements in row-major order, converted to float. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elements())];
        try (Scope scope = Scope.open()) {
            new FloatPointer(plain(DType.FLOAT32).data_ptr()).get(values);
        }
        return values;
    }

    /** All elements in row-major order, converted to double. */
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(elements())];
        try (Scope scope = Scope.open()) {
            new DoublePointer(plain(DType.FLOAT64).data_ptr()).get(values);
        }
        return values;
    }

    /** All elements in row-major order, converted to long. */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(elements())];
        try (Scope scope = Scope.open()) {
            new LongPointer(plain(DType.INT64).data_ptr()).get(values);
        }
        return values;
    }

    /** The elements' bytes in row-major order, little-endian, as safetensors stores them. */
    public byte[] toBytes() {
        byte[] values = new byte[Math.toIntExact(elements() * dtype().bytes())];
        try (Scope scope = Scope.open()) {
            new org.bytedeco.javacpp.BytePointer(plain(dtype()).data_ptr()).get(values);
        }
        return values;
    }

    private org.bytedeco.pytorch.Tensor plain(DType dtype) {
        return handle.detach().cpu().to(dtype.nativeType).contiguous();
    }

    // ---- arithmetic

    public Tensor plus(Tensor other) {
        return call("plus", () -> handle.add(other.handle), this, other);
    }

    public Tensor plus(double value) {
        return call("plus", () -> handle.add(new Scalar(value)), this);
    }

    public Tensor minus(Tensor other) {
        return call("minus", () -> handle.sub(other.handle), this, other);
    }

    public Tensor minus(double value) {
        return call("minus", () -> handle.sub(new Scalar(value)), this);
    }

    public Tensor times(Tensor other) {
        return call("times", () -> handle.mul(other.handle), this, other);
    }

    public Tensor times(double value) {
        return call("times", () -> handle.mul(new Scalar(value)), this);
    }

    public Tensor over(Tensor other) {
        return call("over", () -> handle.div(other.handle), this, other);
    }

    public Tensor over(double value) {
        return call("over", () -> handle.div(new Scalar(value)), this);
    }

    public Tensor negative() {
        return call("negative", handle::neg, this);
    }

    /** Each element to the power {@code exponent}. */
    public Tensor pow(double exponent) {
        return call("pow", () -> handle.pow(new Scalar(exponent)), this);
    }

    public Tensor square() {
        return call("square", handle::square, this);
    }

    public Tensor sqrt() {
        return call("sqrt", handle::sqrt, this);
    }

    public Tensor exp() {
        return call("exp", handle::exp, this);
    }

    public Tensor log() {
        return call("log", handle::log, this);
    }

    public Tensor sin() {
        return call("sin", handle::sin, this);
    }

    public Tensor cos() {
        return call("cos", handle::cos, this);
    }

    public Tensor tanh() {
        return call("tanh", handle::tanh, this);
    }

    public Tensor sigmoid() {
        return call("sigmoid", handle::sigmoid, this);
    }

    public Tensor abs() {
        return call("abs", handle::abs, this);
    }

    public Tensor round() {
        return call("round", handle::round, this);
    }

    public Tensor clamp(double low, double high) {
        return call(
                "clamp",
                () -> handle.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high))),
                this);
    }

    /** Matrix product over the last two axes; leading axes are broadcast. */
    public Tensor matmul(Tensor other) {
        return call("matmul", () -> handle.matmul(other.handle), this, other);
    }

    // ---- comparing (results are boolean tensors)

    public Tensor greater(double value) {
        return call("greater", () -> handle.gt(new Scalar(value)), this);
    }

    public Tensor greater(Tensor other) {
        return call("greater", () -> handle.gt(other.handle), this, other);
    }

    public Tensor equal(long value) {
        return call("equal", () -> handle.eq(new Scalar(value)), this);
    }

    public Tensor equal(Tensor other) {
        return call("equal", () -> handle.eq(other.handle), this, other);
    }

    public Tensor or(Tensor other) {
        return call("or", () -> handle.logical_or(other.handle), this, other);
    }

    /** {@code this} where {@code condition} holds, else {@code other}. */
    public Tensor where(Tensor condition, Tensor other) {
        return call("where", () -> handle.where(condition.handle, other.handle), this, condition, other);
    }

    /** The smaller of each pair of elements. */
    public Tensor minimum(Tensor other) {
        return call("minimum", () -> torch.minimum(handle, other.handle), this, other);
    }

    /** The larger of each pair of elements. */
    public Tensor maximum(Tensor other) {
        return call("maximum", () -> torch.maximum(handle, other.handle), this, other);
    }

    // ---- reducing

    /** The sum of all elements. */
    public Tensor sum() {
        return call("sum", () -> handle.sum(), this);
    }

    /** Sums over these axes, which stay with size 1 if {@code keepAxes}. */
    public Tensor sum(boolean keepAxes, long... axes) {
        return call("sum", () -> handle.sum(axes, keepAxes, new ScalarTypeOptional()), this);
    }

    /** The mean of all elements. */
    public Tensor mean() {
        return call("mean", () -> handle.mean(), this);
    }

    /** Means over these axes, which stay with size 1 if {@code keepAxes}. */
    public Tensor mean(boolean keepAxes, long... axes) {
        return call("mean", () -> handle.mean(axes, keepAxes, new ScalarTypeOptional()), this);
    }

    /** Unbiased or plain standard deviations over these axes. */
    public Tensor std(boolean unbiased, boolean keepAxes, long... axes) {
        return call("std", () -> handle.std(axes, unbiased, keepAxes), this);
    }

    /** Maxima over these axes. */
    public Tensor max(boolean keepAxes, long... axes) {
        return call("max", () -> handle.amax(axes, keepAxes), this);
    }

    /** Minima over these axes. */
    public Tensor min(boolean keepAxes, long... axes) {
        return call("min", () -> handle.amin(axes, keepAxes), this);
    }

    /** The {@code fraction} quantile along an axis, linear between neighbours; the axis stays with size 1. */
    public Tensor quantile(double fraction, long axis) {
        return call("quantile", () -> torch.quantile(handle, fraction, new LongOptional(axis), true, "linear"), this);
    }

    /** The index of the first maximum along an axis, int64. */
    public Tensor argmax(long axis) {
        return call("argmax", () -> handle.argmax(new LongOptional(axis), false), this);
    }

    public Tensor softmax(long axis) {
        return call("softmax", () -> torch.softmax(handle, axis), this);
    }

    public Tensor logSoftmax(long axis) {
        return call("logSoftmax", () -> torch.log_softmax(handle, axis), this);
    }

    /** Euclidean norm over one axis, kept with size 1. */
    public Tensor norm(long axis) {
        return square().sum(true, axis).sqrt();
    }

    /** Running sums along an axis. */
    public Tensor cumsum(long axis) {
        return call("cumsum", () -> handle.cumsum(axis), this);
    }

    // ---- reshaping and picking

    /** The same elements in another shape; one size may be -1. */
    public Tensor reshape(long... shape) {
        return call("reshape", () -> handle.reshape(shape), this);
    }

    public Tensor permute(long... axes) {
        return call("permute", () -> handle.permute(axes), this);
    }

    public Tensor transpose(long axis, long other) {
        return call("transpose", () -> handle.transpose(axis, other), this);
    }

    /** Adds an axis of size 1 before {@code axis}. */
    public Tensor unsqueeze(long axis) {
        return call("unsqueeze", () -> handle.unsqueeze(axis), this);
    }

    /** Drops an axis of size 1. */
    public Tensor squeeze(long axis) {
        return call("squeeze", () -> handle.squeeze(axis), this);
    }

    /** Repeats axes of size 1 without copying; -1 leaves an axis as it is. */
    public Tensor expand(long... shape) {
        return call("expand", () -> handle.expand(shape, false), this);
    }

    /** Tiles the tensor that many times along each axis. */
    public Tensor repeat(long... times) {
        return call("repeat", () -> handle.repeat(times), this);
    }

    /** {@code length} entries of an axis from {@code start}. */
    public Tensor narrow(long axis, long start, long length) {
        return call("narrow", () -> handle.narrow(axis, start, length), this);
    }

    /** One entry of an axis; the axis is dropped. */
    public Tensor select(long axis, long index) {
        return call("select", () -> handle.select(axis, index), this);
    }

    /** Entries of an axis by a one-dimensional int64 tensor of indices. */
    public Tensor indexSelect(long axis, Tensor indices) {
        return call("indexSelect", () -> handle.index_select(axis, indices.handle), this, indices);
    }

    /** Elements along an axis by an int64 tensor of the result's shape. */
    public Tensor gather(long axis, Tensor indices) {
        return call("gather", () -> handle.gather(axis, indices.handle), this, indices);
    }

    /** Reverses the order along an axis. */
    public Tensor flip(long axis) {
        return call("flip", () -> handle.flip(axis), this);
    }

    /** Entries with row index minus column index below {@code -diagonal} are zeroed: the upper triangle. */
    public Tensor upperTriangle(long diagonal) {
        return call("upperTriangle", () -> handle.triu(diagonal), this);
    }

    /** {@code count} pieces of equal size along an axis. */
    public List<Tensor> chunk(int count, long axis) {
        long size = size((int) axis);
        if (size % count != 0) {
            throw new IllegalArgumentException("axis of size " + size + " does not split into " + count);
        }
        List<Tensor> pieces = new ArrayList<>();
        // one operation: backward joins the gradients of the pieces, instead of adding up mostly empty ones
        try (TensorVector views = handle.chunk(count, axis)) {
            for (long i = 0; i < count; i++) {
                long index = i;
                pieces.add(call("chunk", () -> new org.bytedeco.pytorch.Tensor(views.get(index)), this));
            }
        }
        return pieces;
    }

    /** Joins tensors along an existing axis. */
    public static Tensor cat(List<Tensor> parts, long axis) {
        return call("cat", () -> torch.cat(Gradients.vector(parts), axis), parts.toArray(Tensor[]::new));
    }

    /** Joins tensors along a new axis. */
    public static Tensor stack(List<Tensor> parts, long axis) {
        return call("stack", () -> torch.stack(Gradients.vector(parts), axis), parts.toArray(Tensor[]::new));
    }

    // ---- type, place, memory

    /** The elements converted to another type; the tensor itself if it has that type. */
    public Tensor to(DType dtype) {
        return call("to", () -> handle.to(dtype.nativeType), this);
    }

    /** A copy on another device; the tensor itself if it is there. */
    public Tensor to(Device device) {
        return device.equals(device())
                ? this
                : call("to", () -> handle.to(device.toNative(), handle.scalar_type()), this);
    }

    /** The same bytes read as another type. */
    public Tensor viewAs(DType dtype) {
        return call("viewAs", () -> handle.view(dtype.nativeType), this);
    }

    public Tensor contiguous() {
        return call("contiguous", () -> handle.contiguous(), this);
    }

    /** Stored with the channel innermost (NHWC), which convolutions on the CPU prefer; the shape stays NCHW. */
    public Tensor channelsLast() {
        return call("channelsLast", () -> handle.contiguous(MemoryFormat.ChannelsLast), this);
    }

    /** A copy with memory of its own. */
    public Tensor copy() {
        return call("copy", () -> handle.clone(), this);
    }

    /** The same values without their history. */
    public Tensor detach() {
        return call("detach", () -> handle.detach(), this);
    }

    /**
     * The same memory as a tensor of its own: without history, and differentiation takes no notice when memory that
     * both share is changed in place.
     */
    public Tensor alias() {
        return call("alias", handle::variable_data, this);
    }

    /** Makes this leaf collect gradients, or stop doing so. */
    public Tensor requiresGrad(boolean yes) {
        handle.set_requires_grad(yes);
        return this;
    }

    /** Whether gradients flow into this tensor. */
    public boolean requiresGrad() {
        return handle.requires_grad();
    }

    /** Overwrites the elements, in place. */
    public Tensor assign(Tensor values) {
        call("assign", () -> handle.copy_(values.handle), this, values);
        return this;
    }

    /** Adds {@code factor * other}, in place. */
    public Tensor addInPlace(Tensor other, double factor) {
        call("addInPlace", () -> handle.add_(other.handle, new Scalar(factor)), this, other);
        return this;
    }

    /** Multiplies by a number, in place. */
    public Tensor timesInPlace(double factor) {
        call("timesInPlace", () -> handle.mul_(new Scalar(factor)), this);
        return this;
    }

    /** Adds {@code factor * a * b}, in place. */
    public Tensor addProductInPlace(Tensor a, Tensor b, double factor) {
        call("addProductInPlace", () -> handle.addcmul_(a.handle, b.handle, new Scalar(factor)), this, a, b);
        return this;
    }

    /** Adds {@code factor * a / b}, in place. */
    public Tensor addQuotientInPlace(Tensor a, Tensor b, double factor) {
        call("addQuotientInPlace", () -> handle.addcdiv_(a.handle, b.handle, new Scalar(factor)), this, a, b);
        return this;
    }

    /** Keeps this tensor alive beyond every scope, until {@link #close()}. */
    public Tensor keep() {
        handle.retainReference();
        return this;
    }

    /** Frees a tensor that was {@linkplain #keep() kept} or that no scope owns. */
    @Override
    public void close() {
        handle.releaseReference();
    }

    @Override
    public String toString() {
        return dtype() + Arrays.toString(shape());
    }

    static Tensor call(String name, Supplier<org.bytedeco.pytorch.Tensor> body, Tensor... operands) {
        try {
            return new Tensor(body.get());
        } catch (RuntimeException e) {
            throw TensorException.of(name, e, operands);
        }
    }
}
