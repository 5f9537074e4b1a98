package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters read from one or several safetensors files, converted to one type. A parameter already stored in that type
 * is not copied. They live until this source is closed.
 *
 * <p>Names of old files are put into today's form: {@code query}, {@code key}, {@code value} and {@code proj_attn} of
 * the attention in a VAE (diffusers before 0.15) are {@code to_q}, {@code to_k}, {@code to_v} and {@code to_out.0}. The
 * buffer {@code position_ids} of CLIP holds 0, 1, 2, ... and is left out.
 */
public final class LoadedWeights implements Weights.Source, AutoCloseable {
    private static final Pattern OLD_ATTENTION =
            Pattern.compile("(.*\\battentions\\.\\d+\\.)(query|key|value|proj_attn)(\\.weight|\\.bias)");
    private static final Map<String, String> NEW_ATTENTION =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private record Place(SafetensorsFile file, String name) {}

    private final String origin;
    private final DType dtype;
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, Place> places = new TreeMap<>();
    private final Map<String, Tensor> converted = new HashMap<>();

    private LoadedWeights(String origin, DType dtype) {
        this.origin = origin;
        this.dtype = dtype;
    }

    /**
     * Opens {@code files}.
     *
     * @param origin what messages call these weights, for example {@code unet}
     * @throws CheckpointException if a file is damaged, or two files have a parameter of the same name
     */
    public static LoadedWeights open(String origin, List<Path> files, DType dtype) {
        LoadedWeights weights = new LoadedWeights(origin, dtype);
        try {
            files.forEach(weights::add);
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private void add(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        files.add(file);
        for (String name : file.names()) {
            if (name.endsWith("embeddings.position_ids")) {
                continue;
            }
            Place other = places.put(modern(name), new Place(file, name));
            if (other != null) {
                throw new CheckpointException(origin + ": " + name + " is in "
                        + other.file().path() + " and again in " + path + "; remove one of the two");
            }
        }
    }

    private static String modern(String name) {
        Matcher matcher = OLD_ATTENTION.matcher(name);
        return matcher.matches() ? matcher.group(1) + NEW_ATTENTION.get(matcher.group(2)) + matcher.group(3) : name;
    }

    @Override
    public boolean has(String name) {
        return places.containsKey(name);
    }

    @Override
    public Tensor get(String name, long... shape) {
        Place place = places.get(name);
        if (place == null) {
            throw new CheckpointException(origin + ": " + name + " is missing" + NearestName.hint(name, names()));
        }
        long[] stored = place.file().shape(place.name());
        if (!Arrays.equals(stored, shape)) {
            throw new CheckpointException(origin + ": " + name + " must have shape " + Arrays.toString(shape)
                    + ", the file has " + Arrays.toString(stored) + "; do config.json and weights belong together?");
        }
        return converted.computeIfAbsent(name, key -> read(place));
    }

    private Tensor read(Place place) {
        Tensor tensor = place.file().tensor(place.name());
        return tensor.dtype() == dtype ? tensor : tensor.to(dtype).keep();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(places.keySet());
    }

    /** Frees every parameter that was read. */
    @Override
    public void close() {
        converted.forEach((name, tensor) -> {
            Place place = places.get(name);
            if (place != null && place.file().dtype(place.name()) != dtype) {
                tensor.close();
            }
        });
        converted.clear();
        files.forEach(SafetensorsFile::close);
        files.clear();
    }
}
