package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.AttentionMask;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.PreNormLayer;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClassLabels;
import dev.hapax.vision.VitLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * ViLT (Kim et al. 2021) with a classifier over answers: one transformer reads the words of a question and the patches of
 * a picture together. With the parameters of transformers' {@code ViltForQuestionAnswering}. Dropout is not applied.
 */
public final class Vilt {
    private static final double CLASSIFIER_EPSILON = 1e-5; // transformers leaves the default of PyTorch

    private final ViltEmbeddings embeddings;
    private final List<PreNormLayer> layers = new ArrayList<>();
    private final LayerNorm norm;
    private final Linear pooler;
    private final Linear widening;
    private final LayerNorm wideNorm;
    private final Linear answers;

    private Vilt(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        Weights model = weights.at("vilt");
        embeddings = ViltEmbeddings.of(config, model.at("embeddings"));
        for (int i = 0; i < config.integer("num_hidden_layers"); i++) {
            layers.add(VitLayer.of(config, model.at("encoder.layer").at(i)));
        }
        norm = VitLayer.norm(config, model.at("layernorm"));
        pooler = Linear.of(model.at("pooler.dense"), width, width);
        Weights classifier = weights.at("classifier");
        widening = Linear.of(classifier.at(0), width, 2L * width);
        wideNorm = LayerNorm.of(classifier.at(1), 2L * width, CLASSIFIER_EPSILON);
        answers = Linear.of(classifier.at(3), 2L * width, ClassLabels.of(config).size());
    }

    /**
     * A model as a folder with {@code config.json} and weights holds it.
     *
     * @throws CheckpointException if it is of another family, or a parameter is missing or has another shape
     */
    public static Vilt of(Config config, Weights weights) {
        String type = config.text("model_type", "vilt");
        if (!type.equals("vilt")) {
            throw new CheckpointException(config.origin() + ": \"model_type\" must be vilt, got \"" + type + "\"");
        }
        return new Vilt(config, weights);
    }

    /** The most tokens that a question may have. */
    public int maxTokens() {
        return (int) embeddings.wordPositions().size(0);
    }

    /** What it makes of words and patches. */
    public ViltStates states(ViltInput input) {
        ViltEmbeddings.Sequence sequence = embeddings.apply(input);
        Tensor mask = AttentionMask.padding(sequence.mask(), sequence.states());
        Tensor x = sequence.states();
        for (PreNormLayer layer : layers) {
            x = layer.apply(x, mask);
        }
        x = norm.apply(x);
        long tokens = input.ids().size(1);
        return new ViltStates(
                x.narrow(1, 0, tokens),
                x.narrow(1, tokens, x.size(1) - tokens),
                pooler.apply(x.select(1, 0)).tanh());
    }

    /** How much speaks for each answer, (b, answers); their sigmoids are probabilities, each on its own. */
    public Tensor logits(ViltStates states) {
        return answers.apply(Functional.gelu(wideNorm.apply(widening.apply(states.pooled()))));
    }

    /**
     * The loss it is taught with (Kim et al. 2021): the binary cross entropy, summed over the answers and
     * averaged over the questions.
     *
     * @param logits (b, answers)
     * @param scores how right each answer is, from 0 to 1: (b, answers)
     */
    public static Tensor loss(Tensor logits, Tensor scores) {
        // log(1 + e^x) - x y, so that nothing overflows
        Tensor softplus = Functional.relu(logits)
                .plus(logits.abs().negative().exp().plus(1).log());
        return softplus.minus(logits.times(scores)).sum().over(logits.size(0));
    }

    /** The places of a picture's patches, (1, rows * columns, width). */
    public Tensor places(long rows, long columns) {
        return embeddings.places(rows, columns);
    }

    /** Words with their places and segments, before they are marked as words: (b, tokens, width). */
    public Tensor question(Tensor ids, Tensor segments) {
        return embeddings.question(ids, segments);
    }
}
