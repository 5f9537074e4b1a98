package dev.hapax.checkpoint;

import dev.hapax.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The named parameters that a model is built from, as a tree: {@code weights.at("mid_block").get("weight", 8, 8)}.
 *
 * <p>A model asks for each parameter once, by name and shape, while it is constructed; the {@link Source} either reads
 * it from a checkpoint or makes it. What was asked for is remembered in order: {@link #used()} is what an optimiser
 * moves and what a file is written from.
 */
public final class Weights {

    /** Where parameters come from. */
    public interface Source {
        /** Whether a parameter of this full name can be had. */
        boolean has(String name);

        /**
         * The parameter of this full name.
         *
         * @throws CheckpointException if there is none, or it has another shape
         */
        Tensor get(String name, long... shape);

        /** All full names there are; empty for a source that makes what it is asked for. */
        Set<String> names();
    }

    private final Source source;
    private final String prefix;
    private final Map<String, Tensor> used;

    private Weights(Source source, String prefix, Map<String, Tensor> used) {
        this.source = source;
        this.prefix = prefix;
        this.used = used;
    }

    /** The root of the tree over {@code source}. */
    public static Weights of(Source source) {
        return new Weights(source, "", new LinkedHashMap<>());
    }

    /** Where the parameters come from, to build the same model again or another one from the same parameters. */
    public Source source() {
        return source;
    }

    /** The subtree below {@code name}; names may contain dots. */
    public Weights at(String name) {
        return new Weights(source, prefix + name + ".", used);
    }

    /** The full name of this subtree, for example {@code mid_block.resnets.0}; empty for the root. */
    public String path() {
        return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    }

    /** The subtree of the {@code index}-th element of a module list. */
    public Weights at(int index) {
        return at(Integer.toString(index));
    }

    /**
     * The parameter {@code name} of this subtree.
     *
     * @throws CheckpointException if it is missing or has another shape
     */
    public Tensor get(String name, long... shape) {
        Tensor tensor = source.get(prefix + name, shape);
        used.put(prefix + name, tensor);
        return tensor;
    }

    /** Whether this subtree has the parameter {@code name}. */
    public boolean has(String name) {
        return source.has(prefix + name);
    }

    /** Every parameter asked for so far anywhere in the tree, by full name, in that order. */
    public Map<String, Tensor> used() {
        return Collections.unmodifiableMap(used);
    }

    /** Every parameter asked for so far in this subtree, in that order. */
    public List<Tensor> usedHere() {
        return used.entrySet().stream()
                .filter(parameter -> parameter.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Full names that the source has and nobody asked for, sorted. */
    public Set<String> unused() {
        Set<String> rest = new TreeSet<>(source.names());
        rest.removeAll(used.keySet());
        return rest;
    }
}
