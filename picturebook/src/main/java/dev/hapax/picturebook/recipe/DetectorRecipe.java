package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.picturebook.check.HeldOut;
import dev.hapax.picturebook.check.SceneTruth;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.DetrLoss;
import dev.hapax.vision.detect.DetrOutput;
import dev.hapax.vision.detect.DetrStates;
import dev.hapax.vision.detect.GroundTruth;
import dev.hapax.vision.detect.PictureBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains a small DETR (Carion et al. 2020) on renderings and their true boxes, hardly one twice: the paper's
 * loss after every layer of the decoder, and, since no backbone is trained beforehand, the cross entropy of what covers
 * each cell of the encoded feature map. See decision 17.
 */
record DetectorRecipe(int size, Rng rng, DetrLoss loss) implements Fit.Loss<TaughtDetr> {
    private static final int STRIDE = 16; // pixels of a cell: a stem of stride 4, and two stages that halve
    private static final double NOTHING_WEIGHT = 0.25; // of cells without a thing, as in ClipRecipe
    private static final double CELL_WEIGHT = 3; // as heavy as the classes of three layers; our choice

    /** The paper's architecture, smaller. */
    static Config config() {
        Map<String, Object> names = new LinkedHashMap<>();
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            numbers.put(kind.word(), names.size());
            names.put(Integer.toString(names.size()), kind.word());
        }
        Map<String, Object> backbone = new TreeMap<>(Map.of(
                "model_type",
                "resnet",
                "layer_type",
                "bottleneck",
                "hidden_act",
                "relu",
                "num_channels",
                3,
                "embedding_size",
                32,
                "hidden_sizes",
                List.of(64, 192, 384),
                "depths",
                List.of(1, 2, 2),
                "out_features",
                List.of("stage3")));
        Map<String, Object> values = new TreeMap<>(Map.of(
                "architectures",
                List.of("DetrForObjectDetection"),
                "model_type",
                "detr",
                "backbone_config",
                backbone,
                "use_timm_backbone",
                false,
                "use_pretrained_backbone",
                false,
                "position_embedding_type",
                "sine",
                "activation_function",
                "relu",
                "auxiliary_loss",
                true,
                "id2label",
                names,
                "label2id",
                numbers));
        values.putAll(Map.of(
                "d_model", 96,
                "num_queries", 8,
                "encoder_layers", 2,
                "encoder_attention_heads", 4,
                "encoder_ffn_dim", 256,
                "decoder_layers", 3,
                "decoder_attention_heads", 4,
                "decoder_ffn_dim", 256,
                "dropout", 0,
                "attention_dropout", 0));
        return Config.of(values);
    }

    @Override
    public Tensor of(TaughtDetr taught, long step, int first, int count) {
        List<GroundTruth> truths = new ArrayList<>();
        byte[] pixels = new byte[count * 3 * size * size];
        int side = size / STRIDE;
        long[] cells = new long[count * side * side];
        for (int i = 0; i < count; i++) {
            long seed = (long) (rng.uniform(Purpose.SHUFFLE, step, first + i, 0) * HeldOut.FIRST_SEED);
            Scene scene = new SceneSampler().sample(seed);
            Rendering rendering = new Renderer().render(scene, size);
            truths.add(SceneTruth.of(scene, rendering));
            for (int cell = 0; cell < side * side; cell++) {
                cells[i * side * side + cell] =
                        PatchTruth.kind(scene, rendering, cell % side * STRIDE, cell / side * STRIDE, STRIDE);
            }
            System.arraycopy(SceneCache.planar(rendering.image()), 0, pixels, i * 3 * size * size, 3 * size * size);
        }
        Tensor images = new Softening(rng).apply(Pixels.images(pixels, count, size, DType.FLOAT32), step, first);
        DetrStates states = taught.detr().states(PictureBatch.whole(images.channelsLast()));
        Tensor encoded = states.encoded().get(states.encoded().size() - 1); // (b, cells, width)
        Tensor sum = cellLoss(taught.cellKinds().apply(encoded), cells)
                .times(CELL_WEIGHT)
                .plus(loss.of(exact(taught.detr().output(states.last())), truths));
        for (DetrOutput earlier : taught.detr().auxiliary(states)) {
            sum = sum.plus(loss.of(exact(earlier), truths));
        }
        return sum;
    }

    private static DetrOutput exact(DetrOutput output) {
        return new DetrOutput(output.logits().to(DType.FLOAT32), output.boxes().to(DType.FLOAT32));
    }

    /** Weighted cross entropy of the kind on each cell, from (b, cells, kinds + 1). */
    static Tensor cellLoss(Tensor logits, long[] kinds) {
        float[] weights = new float[kinds.length];
        double sum = 0;
        for (int i = 0; i < kinds.length; i++) {
            weights[i] = kinds[i] == TaughtClip.NOTHING ? (float) NOTHING_WEIGHT : 1;
            sum += weights[i];
        }
        Tensor logs = logits.reshape(kinds.length, TaughtClip.NOTHING + 1)
                .to(DType.FLOAT32)
                .logSoftmax(1)
                .gather(1, Tensor.of(kinds, kinds.length, 1)); // (b * cells, 1)
        return logs.times(Tensor.of(weights, kinds.length, 1)).sum().over(-sum);
    }
}
