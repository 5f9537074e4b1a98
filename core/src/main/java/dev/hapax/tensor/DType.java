package dev.hapax.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The type of one element of a tensor, with the name that safetensors headers use for it. */
public enum DType {
    FLOAT64("F64", 8, ScalarType.Double),
    FLOAT32("F32", 4, ScalarType.Float),
    FLOAT16("F16", 2, ScalarType.Half),
    BFLOAT16("BF16", 2, ScalarType.BFloat16),
    INT64("I64", 8, ScalarType.Long),
    INT32("I32", 4, ScalarType.Int),
    INT16("I16", 2, ScalarType.Short),
    INT8("I8", 1, ScalarType.Char),
    UINT8("U8", 1, ScalarType.Byte),
    BOOL("BOOL", 1, ScalarType.Bool);

    private final String safetensorsName;
    private final int bytes;
    final ScalarType nativeType;

    DType(String safetensorsName, int bytes, ScalarType nativeType) {
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
        this.nativeType = nativeType;
    }

    /** The name in a safetensors header, for example {@code BF16}. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    /** Whether this is one of the four floating-point types. */
    public boolean isFloating() {
        return ordinal() <= BFLOAT16.ordinal();
    }

    /**
     * The type with that name in a safetensors header.
     *
     * @throws IllegalArgumentException if this library does not read the type
     */
    public static DType ofSafetensors(String name) {
        for (DType type : values()) {
            if (type.safetensorsName.equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "dtype " + name + " is not read by this library; convert the file to F32," + " F16 or BF16");
    }

    static DType of(ScalarType nativeType) {
        for (DType type : values()) {
            if (type.nativeType.value == nativeType.intern().value) {
                return type;
            }
        }
        throw new IllegalArgumentException("libtorch type " + nativeType + " has no counterpart here");
    }
}
