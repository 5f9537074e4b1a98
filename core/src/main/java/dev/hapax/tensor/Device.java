package dev.hapax.tensor;

import org.bytedeco.pytorch.global.torch;

/** Where a tensor lives: the CPU, or one CUDA device by its index. */
public record Device(Kind kind, int index) {

    /** The kinds of device this library drives. */
    public enum Kind {
        CPU,
        CUDA
    }

    /** The host's memory and cores. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** Checks that the index is not negative. */
    public Device {
        if (index < 0) {
            throw new IllegalArgumentException("device index must be >= 0, got " + index);
        }
    }

    /** The CUDA device with this index. */
    public static Device cuda(int index) {
        return new Device(Kind.CUDA, index);
    }

    /** Whether a CUDA device can be used in this process. */
    public static boolean cudaIsAvailable() {
        Engine.ready();
        return torch.cuda_is_available();
    }

    /**
     * Reads {@code cpu}, {@code cuda} or {@code cuda:1}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Device parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        if (text.matches("cuda(:\\d{1,3})?")) {
            return cuda(text.length() == 4 ? 0 : Integer.parseInt(text.substring(5)));
        }
        throw new IllegalArgumentException("unknown device \"" + text + "\"; use cpu, cuda or cuda:N");
    }

    org.bytedeco.pytorch.Device toNative() {
        return new org.bytedeco.pytorch.Device(toString());
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
