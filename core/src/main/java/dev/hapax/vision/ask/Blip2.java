package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * BLIP-2 (Li et al. 2023): a frozen vision transformer looks, the Q-Former takes a few vectors from what it sees, and a
 * frozen language model reads them as if they were words of its prompt. With the parameters of transformers' {@code
 * Blip2ForConditionalGeneration}. Dropout is not applied.
 */
public final class Blip2 {
    private final BlipVision vision;
    private final QFormer qformer;
    private final Linear projection;
    private final LanguageModel language;
    private final long imageToken;

    private Blip2(Config config, Weights weights) {
        BlipVisionConfig image = BlipVisionConfig.of(config.object("vision_config"));
        QFormerConfig former = QFormerConfig.of(config.object("qformer_config"));
        Config text = config.object("text_config");
        vision = BlipVision.of(image, weights.at("vision_model"));
        int queries = config.integer("num_query_tokens", 32);
        qformer = QFormer.of(former, weights.get("query_tokens", 1, queries, former.width()), weights.at("qformer"));
        Weights words = weights.at("language_model");
        String type = text.text("model_type");
        int width;
        switch (type) {
            case "t5" -> {
                language = T5.of(text, words);
                width = T5Config.of(text).width();
            }
            case "opt" -> {
                language = Opt.of(text, words);
                width = OptConfig.of(text).width();
            }
            default ->
                throw new CheckpointException(
                        text.origin() + ": \"model_type\" must be t5 or opt, got \"" + type + "\"");
        }
        projection = Linear.of(weights.at("language_projection"), former.width(), width);
        imageToken = config.integer("image_token_index", config.integer("image_token_id", -1));
    }

    /**
     * A model as a folder with {@code config.json} and weights holds it.
     *
     * @throws CheckpointException if it is of another family, or a parameter is missing or has another shape
     */
    public static Blip2 of(Config config, Weights weights) {
        String type = config.text("model_type", "blip-2");
        if (!type.equals("blip-2")) {
            throw new CheckpointException(config.origin() + ": \"model_type\" must be blip-2, got \"" + type + "\"");
        }
        return new Blip2(config, weights);
    }

    /** What writes the answers. */
    public LanguageModel language() {
        return language;
    }

    /** How many vectors stand for a picture. */
    public int queries() {
        return (int) qformer.queries().size(1);
    }

    /** The id that holds the place of a picture's vectors in a prompt; -1 in files that have none. */
    public long imageToken() {
        return imageToken;
    }

    /** What the vision transformer sees: pixels (b, 3, size, size) to (b, 1 + patches, image width). */
    public Tensor image(Tensor pixels) {
        return vision.apply(pixels);
    }

    /** What the Q-Former takes from it: (b, queries, its width). */
    public Tensor taken(Tensor image) {
        return qformer.apply(image);
    }

    /** That in the width of the language model: (b, queries, width). */
    public Tensor projected(Tensor taken) {
        return projection.apply(taken);
    }

    /**
     * A prompt with a picture in it.
     *
     * @param ids int64 (b, tokens), {@link #imageToken()} at {@link #queries()} places side by side
     * @param projected (b, queries, width)
     * @return (b, tokens, width)
     * @throws IllegalArgumentException if a row has another number of places
     */
    public Tensor prompt(Tensor ids, Tensor projected) {
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(0); i++) {
            long[] row = ids.select(0, i).toLongs();
            int first = 0;
            while (first < row.length && row[first] != imageToken) {
                first++;
            }
            int last = first;
            while (last < row.length && row[last] == imageToken) {
                row[last++] = 0; // its embedding is not used
            }
            if (last - first != queries()) {
                throw new IllegalArgumentException("a prompt must hold the image token " + imageToken + " " + queries()
                        + " times side by side, got " + (last - first));
            }
            Tensor words = language.embed(Tensor.of(row, 1, row.length));
            rows.add(Tensor.cat(
                    List.of(
                            words.narrow(1, 0, first),
                            projected.narrow(0, i, 1),
                            words.narrow(1, last, (long) row.length - last)),
                    1));
        }
        return Tensor.cat(rows, 0);
    }
}
