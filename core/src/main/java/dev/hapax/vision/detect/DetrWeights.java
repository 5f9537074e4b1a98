package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights of DETR with the names of transformers' own residual network, whether the file has those or timm's, as the
 * published checkpoints ({@code layer1.0.conv1.weight}, {@code bn1.weight}, ...).
 *
 * @param stored the weights as they are stored
 */
public record DetrWeights(Weights stored) implements Weights.Source {
    private static final String BACKBONE = "model.backbone.conv_encoder.model.";
    private static final Pattern STEM =
            Pattern.compile(Pattern.quote(BACKBONE) + "embedder\\.embedder\\.(convolution|normalization)\\.(.*)");
    private static final Pattern BLOCK = Pattern.compile(Pattern.quote(BACKBONE)
            + "encoder\\.stages\\.(\\d+)\\.layers\\.(\\d+)\\.(?:layer\\.(\\d+)|shortcut)"
            + "\\.(convolution|normalization)\\.(.*)");

    @Override
    public boolean has(String name) {
        return stored.has(storedName(name));
    }

    @Override
    public Tensor get(String name, long... shape) {
        return stored.get(storedName(name), shape);
    }

    /** The full names as they are stored. */
    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(stored.unused());
        names.addAll(stored.used().keySet());
        return names;
    }

    private String storedName(String name) {
        return stored.has(BACKBONE + "conv1.weight") ? timm(name) : name;
    }

    /** What timm calls a parameter that transformers gives this name; names outside of the backbone stay. */
    static String timm(String name) {
        Matcher stem = STEM.matcher(name);
        if (stem.matches()) {
            return BACKBONE + (stem.group(1).equals("convolution") ? "conv1." : "bn1.") + stem.group(2);
        }
        Matcher block = BLOCK.matcher(name);
        return block.matches() ? BACKBONE + block(block) : name;
    }

    private static String block(MatchResult block) {
        int stage = Integer.parseInt(block.group(1)) + 1; // timm counts stages and convolutions from 1
        boolean convolution = block.group(4).equals("convolution");
        String layer;
        if (block.group(3) == null) {
            layer = convolution ? "downsample.0" : "downsample.1";
        } else {
            layer = (convolution ? "conv" : "bn") + (Integer.parseInt(block.group(3)) + 1);
        }
        return "layer" + stage + "." + block.group(2) + "." + layer + "." + block.group(5);
    }
}
