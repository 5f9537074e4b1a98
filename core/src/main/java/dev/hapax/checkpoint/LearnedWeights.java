package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weights that were learned whole, on their way into a model. Each file holds tensors by the part of the model and the
 * name within it, such as {@code unet.conv_in.bias}. A weight that one file has takes the place of the model's; where
 * several have it, their changes are added up: {@code W + (W_1 - W) + (W_2 - W)}, in fp64, rounded once.
 *
 * <p>What {@link #over} gives lives until this is closed.
 */
public final class LearnedWeights implements AutoCloseable {
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final List<Tensor> made = new ArrayList<>();

    private LearnedWeights() {}

    /**
     * Opens files; none is fine.
     *
     * @param parts the parts of the model that can be changed
     * @throws CheckpointException if one is damaged, or changes a part that is not there
     */
    public static LearnedWeights open(List<Path> paths, Set<String> parts) {
        LearnedWeights weights = new LearnedWeights();
        try {
            for (Path path : paths) {
                SafetensorsFile file = SafetensorsFile.open(path);
                weights.files.add(file);
                for (String name : file.names()) {
                    if (parts.stream().noneMatch(part -> name.startsWith(part + "."))) {
                        throw new CheckpointException(path + " holds " + name + ", which is no weight of the parts "
                                + parts + "; hapax learn writes files of learned weights");
                    }
                }
            }
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** The weights of a part with those that were learned; the base is not written to. */
    public Weights.Source over(String part, Weights.Source base) {
        Map<String, List<SafetensorsFile>> changed = new TreeMap<>();
        for (SafetensorsFile file : files) {
            for (String name : file.names()) {
                if (name.startsWith(part + ".")) {
                    String own = name.substring(part.length() + 1);
                    if (!base.has(own)) {
                        throw new CheckpointException(file.path() + " changes " + name + ", which this model does not"
                                + " have" + NearestName.hint(own, base.names())
                                + "; use the model that it was learned with");
                    }
                    changed.computeIfAbsent(own, key -> new ArrayList<>()).add(file);
                }
            }
        }
        return changed.isEmpty() ? base : new Changed(part, base, changed, new HashMap<>());
    }

    private final class Changed implements Weights.Source {
        private final String part;
        private final Weights.Source base;
        private final Map<String, List<SafetensorsFile>> changed;
        private final Map<String, Tensor> given;

        Changed(
                String part,
                Weights.Source base,
                Map<String, List<SafetensorsFile>> changed,
                Map<String, Tensor> given) {
            this.part = part;
            this.base = base;
            this.changed = changed;
            this.given = given;
        }

        @Override
        public boolean has(String name) {
            return base.has(name);
        }

        @Override
        public Set<String> names() {
            return base.names();
        }

        @Override
        public Tensor get(String name, long... shape) {
            List<SafetensorsFile> of = changed.get(name);
            return of == null ? base.get(name, shape) : given.computeIfAbsent(name, key -> sum(key, of, shape));
        }

        private Tensor sum(String name, List<SafetensorsFile> of, long... shape) {
            try (Scope scope = Scope.open()) {
                Tensor old = base.get(name, shape);
                Tensor sum = old.to(DType.FLOAT64);
                for (SafetensorsFile file : of) {
                    Tensor own = file.tensor(part + "." + name);
                    if (!Arrays.equals(own.shape(), shape)) {
                        throw new CheckpointException(file.path() + " changes a " + part + "." + name + " of shape "
                                + Arrays.toString(own.shape()) + ", this model's has " + Arrays.toString(shape)
                                + "; use the model that it was learned with");
                    }
                    Tensor now = own.to(old.device()).to(DType.FLOAT64);
                    sum = of.size() == 1 ? now : sum.plus(now).minus(old.to(DType.FLOAT64));
                }
                Tensor result = sum.to(old.dtype()).copy().keep();
                made.add(result);
                return result;
            }
        }
    }

    /** Frees what was read and made. */
    @Override
    public void close() {
        made.forEach(Tensor::close);
        made.clear();
        files.forEach(SafetensorsFile::close);
        files.clear();
    }
}
