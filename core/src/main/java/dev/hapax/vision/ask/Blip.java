package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.AttentionMask;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BLIP for visual question answering (Li et al. 2022, section 5.3): the question looks at the picture, the answer at the
 * question. With the parameters of transformers' {@code BlipForQuestionAnswering}. Dropout is not applied.
 *
 * <p>The answer does not see the padding of the question, as in the authors' code; transformers 4.57 hands that mask over
 * under a wrong name, and its answers see the padding.
 */
public final class Blip {
    private final BlipVision vision;
    private final BlipText question;
    private final BlipDecoder decoder;
    private final BlipTextConfig config;

    private Blip(Config root, Weights weights) {
        BlipVisionConfig image = BlipVisionConfig.of(root.object("vision_config"));
        config = BlipTextConfig.of(root.object("text_config"), image.width());
        vision = BlipVision.of(image, weights.at("vision_model"));
        question = BlipText.of(config, image.width(), weights.at("text_encoder"));
        decoder = BlipDecoder.of(config, weights.at("text_decoder"));
    }

    /**
     * A model as a folder with {@code config.json} and weights holds it.
     *
     * @throws CheckpointException if it is of another family, or a parameter is missing or has another shape
     */
    public static Blip of(Config config, Weights weights) {
        String type = config.text("model_type", "blip");
        if (!type.equals("blip")) {
            throw new CheckpointException(config.origin() + ": \"model_type\" must be blip, got \"" + type + "\"");
        }
        return new Blip(config, weights);
    }

    /** The most tokens that a question may have. */
    public int maxTokens() {
        return config.positions();
    }

    /** The id that every question begins with, {@code [ENC]}: the one after that of {@code [DEC]}. */
    public long questionBegin() {
        return config.begin() + 1;
    }

    /** The id that every answer begins with, {@code [DEC]}. */
    public long answerBegin() {
        return config.begin();
    }

    /** The id that fills up what is shorter than the rest of its batch. */
    public long padding() {
        return config.padding();
    }

    /** The states of the image half, what its first layer reads before: (b, 1 + patches, width) each. */
    public List<Tensor> imageStates(Tensor pixels) {
        return vision.states(pixels);
    }

    /** What a picture says: pixels (b, 3, size, size) to (b, 1 + patches, image width). */
    public Tensor image(Tensor pixels) {
        return vision.apply(pixels);
    }

    /**
     * What a question asks of a picture.
     *
     * @param ids int64 (b, tokens), beginning with {@link #questionBegin()}
     * @param mask (b, tokens), 1 for a token and 0 for padding
     * @param image from {@link #image}
     * @return (b, tokens, width)
     */
    public Tensor question(Tensor ids, Tensor mask, Tensor image) {
        try (KeyValueCache cache = new KeyValueCache()) {
            Tensor seen = AttentionMask.padding(mask, image);
            return question.apply(ids, seen, image, null, cache);
        }
    }

    /**
     * Logits of the token after each token of an answer.
     *
     * @param ids int64 (b, tokens), beginning with {@link #answerBegin()}
     * @param mask (b, tokens), 1 for a token and 0 for padding
     * @param question from {@link #question}
     * @param questionMask (b, n), 1 for a token and 0 for padding
     * @return (b, tokens, vocabulary)
     */
    public Tensor logits(Tensor ids, Tensor mask, Tensor question, Tensor questionMask) {
        try (KeyValueCache cache = new KeyValueCache()) {
            return decoder.logits(ids, mask, question, questionMask, cache);
        }
    }

    /**
     * Answers to questions, each token the most likely one.
     *
     * @param question from {@link #question}
     * @param questionMask (b, n), 1 for a token and 0 for padding; null to see all
     * @param most tokens of an answer, the one that ends it included
     */
    public List<Written> answers(Tensor question, @Nullable Tensor questionMask, int most) {
        long batch = question.size(0);
        try (KeyValueCache cache = new KeyValueCache()) {
            Tensor begin = Tensor.of(new long[] {config.begin()}, 1, 1).expand(batch, 1);
            return new GreedyDecoding(most, Set.of(config.end()), config.padding())
                    .write(
                            decoder.logits(begin, null, question, questionMask, cache)
                                    .select(1, 0),
                            ids -> decoder.logits(ids, null, question, questionMask, cache)
                                    .select(1, 0));
        }
    }
}
