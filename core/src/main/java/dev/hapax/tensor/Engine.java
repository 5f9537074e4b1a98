package dev.hapax.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Starts libtorch with the settings that decide its speed on a CPU.
 *
 * <p>OpenBLAS's own threads fight OpenMP's (attention runs 3 to 8 times slower), so BLAS is held to one thread and
 * libtorch's OpenMP pool does the rest. JavaCPP's bookkeeping of physical memory is switched off: it reads the
 * process size at every allocation and calls the garbage collector when it dislikes the answer.
 */
public final class Engine {
    /** Whether the processor multiplies bf16 matrices in tiles (Intel's AMX), as Linux tells; libtorch does not say. */
    static final boolean HAS_AMX = processorHas("amx_bf16");

    static {
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        }
        torch.get_num_threads(); // loads the natives
        openblas_nolapack.blas_set_num_threads(1);
    }

    private Engine() {}

    private static boolean processorHas(String flag) {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).contains(flag);
        } catch (IOException e) {
            return false;
        }
    }

    /** Loads the natives if they are not loaded yet. */
    static void ready() {
        // the static initialiser has done it
    }

    /** The number of threads that one operation of the calling thread may use. */
    public static int threads() {
        return torch.get_num_threads();
    }

    /**
     * Sets the number of threads that one operation of the calling thread may use.
     *
     * @throws IllegalArgumentException if {@code count < 1}
     */
    public static void setThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("thread count must be >= 1, got " + count);
        }
        torch.set_num_threads(count);
    }

    /** Does some work with so many threads for each operation, then gives the calling thread back what it had. */
    public static <T> T withThreads(int count, Supplier<T> work) {
        int before = threads();
        setThreads(count);
        try {
            return work.get();
        } finally {
            setThreads(before);
        }
    }
}
