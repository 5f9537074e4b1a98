package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A residual network (He et al. 2016) without its classifier, with the names of transformers' {@code ResNetBackbone}.
 *
 * @param config its shape
 * @param stem the first convolution, 7x7 with stride 2
 * @param stages the blocks of each stage
 */
record ResNet(ResNetConfig config, ConvNorm stem, List<List<ResNetBlock>> stages) {

    /** Takes {@code embedder.embedder} and {@code encoder.stages.0} and so on. */
    static ResNet of(ResNetConfig config, Weights weights) {
        ConvNorm stem = ConvNorm.of(weights.at("embedder.embedder"), config.channels(), config.stem(), 7, 2);
        List<List<ResNetBlock>> stages = new ArrayList<>();
        int in = config.stem();
        for (int stage = 0; stage < config.depths().size(); stage++) {
            Weights layers = weights.at("encoder.stages").at(stage).at("layers");
            int out = config.widths().get(stage);
            List<ResNetBlock> blocks = new ArrayList<>();
            for (int block = 0; block < config.depths().get(stage); block++) {
                boolean halves = block == 0 && (stage > 0 || config.firstStageHalves());
                blocks.add(ResNetBlock.of(config, layers.at(block), in, out, halves ? 2 : 1));
                in = out;
            }
            stages.add(List.copyOf(blocks));
        }
        return new ResNet(config, stem, List.copyOf(stages));
    }

    /** Channels of the last stage. */
    int width() {
        return config.widths().get(config.widths().size() - 1);
    }

    /** (b, channels, h, w) to what the stem and each stage make of it, the last about h / 32 x w / 32. */
    List<Tensor> apply(Tensor pixels) {
        Tensor x = config.activation().apply(stem.apply(pixels)); // (b, stem, h / 2, w / 2)
        x = Functional.maxPool2d(x, 3, 2, 1); // (b, stem, h / 4, w / 4)
        List<Tensor> features = new ArrayList<>(List.of(x));
        for (List<ResNetBlock> stage : stages) {
            for (ResNetBlock block : stage) {
                x = block.apply(x);
            }
            features.add(x);
        }
        return features;
    }
}
