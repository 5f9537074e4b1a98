package dev.hapax.vision;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights of DINO and DINOv2 under transformers' names, whether the file has those or the names of the original
 * repositories ({@code cls_token}, {@code blocks.0.attn.qkv.weight}, ...), where queries, keys and values are rows of one
 * matrix. Close it before the file.
 */
public final class DinoWeights implements Weights.Source, AutoCloseable {
    private static final String ORIGINAL_CLASS_TOKEN = "cls_token";
    private static final List<String> PROJECTIONS = List.of("query", "key", "value");
    private static final Pattern PROJECTION =
            Pattern.compile("(.*)\\.attention\\.attention\\.(query|key|value)\\.(weight|bias)");

    /** Parts of transformers' names and what the original repositories call them, the longer of two alike first. */
    private static final List<Map.Entry<String, String>> ORIGINAL_NAMES = List.of(
            Map.entry("embeddings.cls_token", ORIGINAL_CLASS_TOKEN),
            Map.entry("embeddings.mask_token", "mask_token"),
            Map.entry("embeddings.position_embeddings", "pos_embed"),
            Map.entry("embeddings.patch_embeddings.projection.", "patch_embed.proj."),
            Map.entry("encoder.layer.", "blocks."),
            Map.entry(".layernorm_before.", ".norm1."),
            Map.entry(".layernorm_after.", ".norm2."),
            Map.entry("layernorm.", "norm."),
            Map.entry(".attention.output.dense.", ".attn.proj."),
            Map.entry(".intermediate.dense.", ".mlp.fc1."),
            Map.entry(".output.dense.", ".mlp.fc2."),
            Map.entry(".layer_scale1.lambda1", ".ls1.gamma"),
            Map.entry(".layer_scale2.lambda1", ".ls2.gamma"),
            Map.entry(".mlp.weights_in.", ".mlp.w12."),
            Map.entry(".mlp.weights_out.", ".mlp.w3."));

    private final Weights stored;
    private final boolean original;
    private final Map<String, Tensor> parts = new HashMap<>();

    /** Looks at the names of the weights as they are stored. */
    public DinoWeights(Weights stored) {
        this.stored = stored;
        original = stored.has(ORIGINAL_CLASS_TOKEN);
    }

    @Override
    public boolean has(String name) {
        return stored.has(storedName(name));
    }

    @Override
    public Tensor get(String name, long... shape) {
        Matcher projection = PROJECTION.matcher(name);
        if (!original || !projection.matches()) {
            return stored.get(storedName(name), shape);
        }
        long[] joined = shape.clone();
        joined[0] *= PROJECTIONS.size();
        long first = PROJECTIONS.indexOf(projection.group(2)) * shape[0];
        return parts.computeIfAbsent(
                name,
                key -> stored.get(storedName(name), joined)
                        .narrow(0, first, shape[0])
                        .keep());
    }

    /** The full names as they are stored. */
    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(stored.unused());
        names.addAll(stored.used().keySet());
        return names;
    }

    private String storedName(String name) {
        if (!original) {
            return name;
        }
        String result = PROJECTION.matcher(name).replaceFirst("$1.attn.qkv.$3");
        for (Map.Entry<String, String> names : ORIGINAL_NAMES) {
            result = result.replace(names.getKey(), names.getValue());
        }
        return result;
    }

    /** Frees the queries, keys and values that were cut out. */
    @Override
    public void close() {
        parts.values().forEach(Tensor::close);
        parts.clear();
    }
}
