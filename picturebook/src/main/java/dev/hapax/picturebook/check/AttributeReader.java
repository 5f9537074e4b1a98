package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Linear;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Style;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads from a picture which things are in it, where, in which colors and patterns, and its style and background: a
 * convolutional network that finds things by the cells of a coarse grid that their middles are in (Zhou et al. 2019,
 * "Objects as Points"). It has nothing in common with the CLIP that the models are trained on, so it may judge them.
 */
public final class AttributeReader {
    private static final double FIRST_GUESS = -4; // a kind's logit where nothing speaks for it: 22 kinds, 64 cells
    private static final int HALVING = 3; // the kernel of convolutions that halve the size

    private final Conv2d stem;
    private final List<Conv2d> halvings = new ArrayList<>();
    private final List<List<ReaderBlock>> stages = new ArrayList<>();
    private final GroupNorm norm;
    private final Conv2d kinds;
    private final Conv2d colors;
    private final Conv2d patterns;
    private final Conv2d boxes;
    private final Linear styles;
    private final Linear backgrounds;

    private AttributeReader(Config config, Weights weights) {
        List<Integer> channels = config.integers("block_out_channels");
        List<Integer> layers = config.integers("layers_per_block", channels.size());
        int groups = config.integer("norm_num_groups");
        stem = Conv2d.of(weights.at("stem"), 3, channels.get(0), 4, 2, 1);
        for (int i = 0; i < channels.size(); i++) {
            Weights stage = weights.at("stages").at(i);
            if (i > 0) {
                halvings.add(Conv2d.of(stage.at("halving"), channels.get(i - 1), channels.get(i), HALVING, 2, 1));
            }
            List<ReaderBlock> blocks = new ArrayList<>();
            for (int j = 0; j < layers.get(i); j++) {
                blocks.add(ReaderBlock.of(stage.at("blocks").at(j), channels.get(i), groups));
            }
            stages.add(List.copyOf(blocks));
        }
        int width = channels.get(channels.size() - 1);
        norm = ReaderBlock.norm(weights.at("norm_out"), width, groups);
        kinds = Conv2d.of(weights.at("kinds"), width, Kind.values().length, 1);
        colors = Conv2d.of(weights.at("colors"), width, ColorName.values().length, 1);
        patterns = Conv2d.of(weights.at("patterns"), width, Pattern.values().length, 1);
        boxes = Conv2d.of(weights.at("boxes"), width, 4, 1);
        styles = Linear.of(weights.at("styles"), width, Style.values().length);
        backgrounds = Linear.of(weights.at("backgrounds"), width, Background.values().length);
    }

    /**
     * A reader of this configuration: {@code block_out_channels} and {@code layers_per_block} of its stages, each at half
     * the size of the one before and the first at half the picture's, {@code norm_num_groups}, and {@link #labels()}.
     *
     * @throws CheckpointException if it was made for other kinds, colors ... than the world has now
     */
    public static AttributeReader of(Config config, Weights weights) {
        labels().forEach((key, words) -> {
            if (!config.texts(key).equals(words)) {
                throw new CheckpointException(config.origin() + ": the reader knows the " + key + " "
                        + config.texts(key) + ", the world has " + words + "; train the reader again");
            }
        });
        return new AttributeReader(config, weights);
    }

    /** What the outputs stand for, in order, by the keys of the configuration. */
    public static Map<String, List<String>> labels() {
        return Map.of(
                "kinds", words(Kind.values()),
                "colors", words(ColorName.values()),
                "patterns", words(Pattern.values()),
                "styles", words(Style.values()),
                "backgrounds", words(Background.values()));
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * What the network says, with gradient.
     *
     * @param images (b, 3, h, w) in [-1, 1]
     */
    public ReaderHeads heads(Tensor images) {
        Tensor features = features(images); // (b, width, g, g)
        Tensor whole = features.mean(false, 2, 3); // (b, width)
        return new ReaderHeads(
                kinds.apply(features).plus(FIRST_GUESS),
                colors.apply(features),
                patterns.apply(features),
                boxes.apply(features),
                styles.apply(whole),
                backgrounds.apply(whole));
    }

    /**
     * What style and background are read from: the mean over the picture of the features that all heads share.
     *
     * @param images (b, 3, h, w) in [-1, 1]
     * @return (b, width)
     */
    public Tensor summary(Tensor images) {
        return features(images).mean(false, 2, 3);
    }

    private Tensor features(Tensor images) {
        Tensor x = stem.apply(images); // (b, channels, h / 2, w / 2)
        for (int i = 0; i < stages.size(); i++) {
            x = i == 0 ? x : halvings.get(i - 1).apply(x); // (b, channels', h', w')
            for (ReaderBlock block : stages.get(i)) {
                x = block.apply(x);
            }
        }
        return Functional.silu(norm.apply(x)); // (b, width, g, g)
    }

    /**
     * Reads pictures.
     *
     * @param images (b, 3, h, w) in [-1, 1], of the type of the weights
     * @return b readings
     */
    public List<Reading> read(Tensor images) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            return Readings.of(heads(images));
        }
    }

    /**
     * How likely each kind is in pictures, each for itself: the largest of the probabilities that the middle of such a
     * thing is in a cell.
     *
     * @param images (b, 3, h, w) in [-1, 1], of the type of the weights
     * @return (b, kinds), in the order of {@link Kind}
     */
    public Tensor likelihoods(Tensor images) {
        return heads(images).kinds().to(DType.FLOAT32).sigmoid().max(false, 2, 3);
    }
}
