package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.tensor.TensorException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open safetensors file. Its tensors are views of the mapped file, of any size; they outlive every scope and are
 * freed when the file is closed.
 *
 * @see SafetensorsWriter
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path path;
    private final SafetensorsHeader header;
    private final Map<String, Tensor> given = new HashMap<>();
    private @Nullable Tensor bytes;

    private SafetensorsFile(Path path, SafetensorsHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Opens a file and checks its header; no tensor is read yet.
     *
     * @throws CheckpointException if the file is not a safetensors file, is truncated, has overlapping tensors, holes
     *     or an unknown type, or if a tensor's byte range does not fit its shape
     */
    public static SafetensorsFile open(Path path) {
        return new SafetensorsFile(path, SafetensorsHeader.read(path));
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The tensors' names, sorted. */
    public Set<String> names() {
        return header.entries().keySet();
    }

    /** The texts that the file carries about itself, sorted by key. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The stored type of a tensor. */
    public DType dtype(String name) {
        return entry(name).dtype();
    }

    /** The shape of a tensor. */
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /**
     * A tensor in its stored type, the same object each time; it lives until this file is closed. Writing to it changes
     * the memory, never the file.
     *
     * @throws CheckpointException if there is no tensor of this name
     */
    public Tensor tensor(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        return given.computeIfAbsent(name, key -> read(entry));
    }

    private Tensor read(SafetensorsHeader.Entry entry) {
        try (Scope scope = Scope.open()) {
            long length = entry.end() - entry.begin();
            if (length == 0) {
                return Tensor.zeros(entry.dtype(), entry.shape()).keep();
            }
            long start = header.dataStart() + entry.begin();
            Tensor part = mapped().narrow(0, start, length);
            boolean aligned = start % entry.dtype().bytes() == 0;
            // views of one mapping would count their in-place changes together, so each becomes a tensor of its own
            return (aligned ? part : part.copy())
                    .viewAs(entry.dtype())
                    .reshape(entry.shape())
                    .alias()
                    .keep();
        }
    }

    private Tensor mapped() {
        if (bytes == null) {
            long size = header.dataStart()
                    + header.entries().values().stream()
                            .mapToLong(SafetensorsHeader.Entry::end)
                            .max()
                            .orElse(0);
            try {
                bytes = Tensor.mapped(path, size).keep();
            } catch (TensorException e) {
                throw new CheckpointException(path + " cannot be mapped: " + e.getMessage(), e);
            }
        }
        return bytes;
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new CheckpointException(path + " has no tensor " + name + NearestName.hint(name, names()));
        }
        return entry;
    }

    /** Frees the tensors that were read. */
    @Override
    public void close() {
        given.values().forEach(Tensor::close);
        given.clear();
        if (bytes != null) {
            bytes.close();
            bytes = null;
        }
    }
}
