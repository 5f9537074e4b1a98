package dev.hapax.vision.ask;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipModel;
import dev.hapax.vision.ClipVisionEncoder;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Ranks the words of a vocabulary by CLIP's cosine with a picture (Radford et al. 2021, section 3.1, zero-shot
 * classification). It names nothing that is not in the vocabulary and does not read the question, so its vocabulary must fit
 * what is asked. Small, and it shares its space with whatever was taught by the same CLIP: have another model confirm.
 */
public final class VocabularyRanking implements Answerer, AutoCloseable {
    /** What it is called in records: the towers are the prior's, which they name beside it. */
    public static final String IDENTITY = "clip";

    private static final double SCALE = 100; // what CLIP's learned scale is clipped to (section 2.5)

    private final ClipVisionEncoder images;
    private final ImageProcessor processor;
    private final List<String> words;
    private final Tensor directions; // (n, width)

    /**
     * A ranking.
     *
     * @param prompts what is said of a picture of each word, one or several, which are averaged
     * @param directions where a text lies in the space of pictures, (width), of unit length
     * @throws IllegalArgumentException if there are no words
     */
    public VocabularyRanking(
            ClipVisionEncoder images,
            ImageProcessor processor,
            List<String> words,
            Prompts prompts,
            Function<String, Tensor> directions) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a vocabulary to choose from needs at least one word, got none");
        }
        this.images = images;
        this.processor = processor;
        this.words = List.copyOf(words);
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            List<Tensor> rows = new ArrayList<>();
            for (String word : words) {
                List<Tensor> each = prompts.of(word).stream().map(directions).toList();
                rows.add(ClipModel.normalised(Tensor.stack(each, 0).mean(true, 0)));
            }
            this.directions = Tensor.cat(rows, 0).keep();
        }
    }

    /** What is said of a picture of a word. */
    @FunctionalInterface
    public interface Prompts {
        /** At least one text. */
        List<String> of(String word);
    }

    @Override
    public List<Answer> ask(Raster picture, String question) {
        if (question.isBlank()) {
            throw new IllegalArgumentException("the question is empty");
        }
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor image = images.encode(processor.apply(picture)).projected().to(DType.FLOAT32); // (1, width)
            float[] shares = ClipModel.normalised(image)
                    .matmul(directions.transpose(0, 1))
                    .times(SCALE)
                    .softmax(1)
                    .toFloats();
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < shares.length; i++) {
                answers.add(new Answer(words.get(i), Math.min(1, shares[i])));
            }
            return Answer.distinct(answers);
        }
    }

    @Override
    public String identity() {
        return IDENTITY;
    }

    /** Frees the words' embeddings. */
    @Override
    public void close() {
        directions.close();
    }
}
