package dev.hapax.vision.detect;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClassLabels;
import dev.hapax.vision.PictureBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * DETR (Carion et al. 2020): a residual network looks at the picture, a transformer turns a fixed number of learned
 * object queries into as many guesses, each a class or "no object" and a box. With the parameters of transformers'
 * {@code DetrForObjectDetection}; {@link DetrWeights} gives those of files with timm's names for the backbone.
 *
 * <p>Dropout is not applied. With {@code auxiliary_loss}, transformers also normalises between two layers of the
 * decoder, which the paper does not; so does this class.
 */
public final class Detr {
    private static final double OUT = -1e9; // takes a cell out of a softmax

    private final ResNet backbone;
    private final Conv2d projection;
    private final SinePositions positions;
    private final Tensor queries;
    private final List<DetrEncoderLayer> encoder = new ArrayList<>();
    private final List<DetrDecoderLayer> decoder = new ArrayList<>();
    private final LayerNorm norm;
    private final Linear classes;
    private final List<Linear> box = new ArrayList<>();
    private final boolean auxiliary;

    private Detr(Config config, Weights weights) {
        int width = config.integer("d_model");
        Weights model = weights.at("model");
        backbone = ResNet.of(ResNetConfig.of(config), model.at("backbone.conv_encoder.model"));
        projection = Conv2d.of(model.at("input_projection"), backbone.width(), width, 1);
        positions = new SinePositions(width);
        queries = model.at("query_position_embeddings").get("weight", config.integer("num_queries"), width);
        for (int i = 0; i < config.integer("encoder_layers"); i++) {
            encoder.add(DetrEncoderLayer.of(config, model.at("encoder.layers").at(i)));
        }
        for (int i = 0; i < config.integer("decoder_layers"); i++) {
            decoder.add(DetrDecoderLayer.of(config, model.at("decoder.layers").at(i)));
        }
        norm = DetrFeedForward.norm(model.at("decoder.layernorm"), width);
        classes = Linear.of(
                weights.at("class_labels_classifier"), width, labels(config).size() + 1L);
        for (int i = 0; i < 3; i++) {
            box.add(Linear.of(weights.at("bbox_predictor.layers").at(i), width, i < 2 ? width : 4));
        }
        auxiliary = config.flag("auxiliary_loss", false);
    }

    /**
     * A detector as a folder with {@code config.json} and weights holds it.
     *
     * @throws CheckpointException if it is of another family, or a parameter is missing or has another shape
     */
    public static Detr of(Config config, Weights weights) {
        String type = config.text("model_type", "detr");
        String embedding = config.text("position_embedding_type", "sine");
        if (!type.equals("detr") || !embedding.equals("sine")) {
            throw new CheckpointException(config.origin()
                    + ": \"model_type\" must be detr and \"position_embedding_type\" sine, got \"" + type + "\" and \""
                    + embedding + "\"");
        }
        return new Detr(config, weights);
    }

    /**
     * The names of the classes, in the order of the logits.
     *
     * @throws CheckpointException if {@code id2label} is missing, or its numbers are not 0, 1, 2, ...
     */
    public static List<String> labels(Config config) {
        return ClassLabels.of(config);
    }

    /** What there is to say of these pictures. */
    public DetrOutput detect(PictureBatch pictures) {
        return output(states(pictures).last());
    }

    /** Everything that is computed on the way to {@link DetrStates#last()}. */
    public DetrStates states(PictureBatch pictures) {
        Shape.require("pixels", pictures.pixels().shape(), -1, backbone.config().channels(), -1, -1);
        List<Tensor> features = backbone.apply(pictures.pixels().to(queries.dtype()));
        Tensor projected = projection.apply(features.get(features.size() - 1)); // (b, width, h', w')
        Tensor mask = Functional.resizeNearest(
                        pictures.mask().to(DType.FLOAT32).unsqueeze(1), projected.size(2), projected.size(3))
                .squeeze(1); // (b, h', w')
        Tensor places = positions.of(mask).to(queries.dtype()); // (b, width, h', w')
        List<Tensor> encoded = new ArrayList<>(List.of(cells(projected)));
        for (DetrEncoderLayer layer : encoder) {
            encoded.add(layer.apply(encoded.get(encoded.size() - 1), cells(places), scoreMask(mask)));
        }
        DetrMemory memory = memory(encoded.get(encoded.size() - 1), places, mask);
        List<Tensor> decoded = new ArrayList<>();
        Tensor x = memory.queries().zerosLike();
        for (DetrDecoderLayer layer : decoder) {
            decoded.add(x);
            x = layer.apply(x, memory);
            x = auxiliary ? norm.apply(x) : x;
        }
        return new DetrStates(features, mask, places, projected, encoded, decoded, norm.apply(x));
    }

    private DetrMemory memory(Tensor cells, Tensor places, Tensor mask) {
        Tensor asked = queries.unsqueeze(0).repeat(cells.size(0), 1, 1); // (b, queries, width)
        return new DetrMemory(asked, cells, cells.plus(cells(places)), scoreMask(mask));
    }

    /** (b, width, h', w') to (b, h' * w', width), row by row. */
    private static Tensor cells(Tensor map) {
        return map.reshape(map.size(0), map.size(1), -1).transpose(1, 2);
    }

    private Tensor scoreMask(Tensor mask) {
        return mask.minus(1).times(-OUT).reshape(mask.size(0), 1, 1, -1).to(queries.dtype());
    }

    /** Classes and boxes of decoded queries, (b, queries, width). */
    public DetrOutput output(Tensor decoded) {
        Tensor corners = box.get(2).apply(hidden(1, hidden(0, decoded))).sigmoid(); // (b, queries, 4)
        return new DetrOutput(classes.apply(decoded), corners);
    }

    private Tensor hidden(int layer, Tensor x) {
        return Functional.relu(box.get(layer).apply(x));
    }

    /**
     * What the layers of the decoder before the last one say, for the loss; nothing if the configuration asks for no
     * {@code auxiliary_loss}.
     */
    public List<DetrOutput> auxiliary(DetrStates states) {
        return auxiliary ? states.decoded().stream().skip(1).map(this::output).toList() : List.of();
    }

    /** Where in the picture each query looks in the last layer (Carion et al. 2020, figure 6): (b, heads, queries, cells). */
    public Tensor looks(DetrStates states) {
        int last = decoder.size() - 1;
        Tensor cells = states.encoded().get(states.encoded().size() - 1);
        return decoder.get(last).looks(states.decoded().get(last), memory(cells, states.positions(), states.mask()));
    }
}
