package dev.hapax.vision.detect;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;
import java.util.List;

/**
 * The shape of a residual network, with transformers' configuration keys.
 *
 * @param channels of a picture ({@code num_channels})
 * @param stem channels after the first convolution ({@code embedding_size})
 * @param widths channels after each stage ({@code hidden_sizes})
 * @param depths blocks of each stage
 * @param bottleneck whether a block is 1x1, 3x3, 1x1, or else 3x3, 3x3 ({@code layer_type})
 * @param firstStageHalves whether the first stage halves the size as the others do ({@code downsample_in_first_stage})
 * @param bottleneckHalves whether the 1x1 convolution has the stride, and not the 3x3 ({@code downsample_in_bottleneck})
 * @param activation after each convolution ({@code hidden_act})
 */
record ResNetConfig(
        int channels,
        int stem,
        List<Integer> widths,
        List<Integer> depths,
        boolean bottleneck,
        boolean firstStageHalves,
        boolean bottleneckHalves,
        Activation activation) {
    private static final List<Integer> BOTTLENECK_WIDTHS = List.of(256, 512, 1024, 2048); // He et al. 2016, table 1

    /** Copies the lists and checks that they are of one length. */
    ResNetConfig {
        widths = List.copyOf(widths);
        depths = List.copyOf(depths);
        if (widths.isEmpty() || widths.size() != depths.size()) {
            throw new IllegalArgumentException(
                    "\"hidden_sizes\" and \"depths\" must be as many, got " + widths + " and " + depths);
        }
    }

    /**
     * Reads {@code backbone_config}, or in its absence {@code backbone}: resnet50 or resnet101.
     *
     * @param config of a detector
     * @throws CheckpointException if the backbone is of another family, or its last stage is not what it gives
     */
    static ResNetConfig of(Config config) {
        if (config.flag("dilation", false)) {
            throw new CheckpointException(config.origin()
                    + ": \"dilation\" is true; only backbones without dilated convolutions are read, not those of DC5");
        }
        return config.has("backbone_config") ? given(config.object("backbone_config")) : named(config);
    }

    private static ResNetConfig named(Config config) {
        String name = config.text("backbone", "resnet50"); // transformers' default
        List<Integer> depths = switch (name) { // He et al. 2016, table 1
            case "resnet50" -> List.of(3, 4, 6, 3);
            case "resnet101" -> List.of(3, 4, 23, 3);
            default ->
                throw new CheckpointException(config.origin()
                        + ": \"backbone\" must be resnet50 or resnet101, or \"backbone_config\" must say what it"
                        + " is, got \"" + name + "\"");
        };
        return new ResNetConfig(
                config.integer("num_channels", 3), 64, BOTTLENECK_WIDTHS, depths, true, false, false, Activation.RELU);
    }

    private static ResNetConfig given(Config config) {
        String family = config.text("model_type", "resnet");
        String layer = config.text("layer_type", "bottleneck");
        List<Integer> depths = config.integers("depths");
        List<String> given = config.has("out_features") ? config.texts("out_features") : List.of();
        if (!family.equals("resnet") || !(layer.equals("bottleneck") || layer.equals("basic"))) {
            throw new CheckpointException(config.origin()
                    + ": \"model_type\" must be resnet and \"layer_type\" bottleneck or basic, got \"" + family
                    + "\" and \"" + layer + "\"");
        }
        if (!given.isEmpty() && !given.get(given.size() - 1).equals("stage" + depths.size())) {
            throw new CheckpointException(config.origin() + ": \"out_features\" must end with stage" + depths.size()
                    + ", the last, got " + given);
        }
        return new ResNetConfig(
                config.integer("num_channels", 3),
                config.integer("embedding_size", 64),
                config.integers("hidden_sizes"),
                depths,
                layer.equals("bottleneck"),
                config.flag("downsample_in_first_stage", false),
                config.flag("downsample_in_bottleneck", false),
                Activation.named(config.text("hidden_act", "relu")));
    }
}
