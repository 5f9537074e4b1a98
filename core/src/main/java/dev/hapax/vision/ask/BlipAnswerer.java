package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.PretrainedTokenizer;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * BLIP as an answerer: it writes its answer freely, or {@linkplain #among chooses} from a list. Reads one folder with
 * {@code config.json}, {@code model.safetensors}, {@code preprocessor_config.json} and {@code tokenizer.json}, as
 * transformers saves them; published is {@code Salesforce/blip-vqa-base}.
 *
 * <p>The confidence of a free answer is the probability that the model writes exactly it.
 */
public final class BlipAnswerer implements ModelAnswerer {
    private static final int TOKENS = 10; // the authors' code: max_length of an answer

    private final ModelFolder folder;
    private final PretrainedTokenizer tokenizer;
    private final ImageProcessor processor;
    private final Blip model;

    private BlipAnswerer(ModelFolder folder, PretrainedTokenizer tokenizer) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        processor = ImageProcessor.of(Config.read(folder.root().resolve("preprocessor_config.json")));
        model = Blip.of(folder.config(ModelFolder.ROOT), folder.weights(ModelFolder.ROOT, DType.FLOAT32));
    }

    /**
     * Opens the answerer in a model's folder.
     *
     * @throws CheckpointException if a file is missing or damaged
     */
    public static BlipAnswerer open(Path model) {
        return Opening.of(model, BlipAnswerer::new);
    }

    /** One answer, each of its tokens the most likely one; none if the model writes nothing. */
    @Override
    public List<Answer> ask(Raster picture, String question) {
        return asked(picture, question, (states, mask) -> {
            Written answer = model.answers(states, mask, TOKENS).get(0);
            long[] ids = answer.ids().stream().mapToLong(Long::longValue).toArray();
            return List.of(new Answer(tokenizer.decode(ids), answer.probability()));
        });
    }

    /**
     * The same model choosing from a list, as its authors evaluate it: all answers that it looked at in full, with
     * confidences that add up to 1. It lives as long as this answerer.
     *
     * @param answers to choose from, in words
     * @throws IllegalArgumentException if there are none, or one is blank
     */
    public Answerer among(List<String> answers) {
        List<String> texts = List.copyOf(answers);
        List<List<Long>> ids = texts.stream().map(this::answerIds).toList();
        return new Choosing(texts, new BlipRanking(model, ids, BlipRanking.CANDIDATES, BlipRanking.SMOOTHING));
    }

    /** Chooses from a list. */
    private final class Choosing implements Answerer {
        private final List<String> texts;
        private final BlipRanking ranking;

        Choosing(List<String> texts, BlipRanking ranking) {
            this.texts = texts;
            this.ranking = ranking;
        }

        @Override
        public List<Answer> ask(Raster picture, String question) {
            return asked(picture, question, (states, mask) -> answers(ranking.choose(states, mask)));
        }

        private List<Answer> answers(BlipRanking.Choice choice) {
            double highest = choice.scores().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElseThrow();
            double[] odds = choice.scores().stream()
                    .mapToDouble(score -> Math.exp(score - highest))
                    .toArray();
            double sum = Arrays.stream(odds).sum();
            List<Answer> all = new ArrayList<>();
            for (int i = 0; i < odds.length; i++) {
                all.add(new Answer(texts.get(choice.chosen().get(i)), odds[i] / sum));
            }
            return all;
        }

        @Override
        public String identity() {
            return "blip-rank " + folder.hash();
        }
    }

    private List<Long> answerIds(String answer) {
        long[] ids = tokenizer.encode(answer).ids(); // [CLS] answer [SEP]
        if (answer.isBlank() || ids.length < 3) {
            throw new IllegalArgumentException("an answer to choose from has no words: \"" + answer + "\"");
        }
        ids[0] = model.answerBegin();
        return Arrays.stream(ids).boxed().toList();
    }

    private List<Answer> asked(Raster picture, String question, BiFunction<Tensor, Tensor, List<Answer>> answering) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            long[] ids = Opening.question(tokenizer.encode(question), question, model.maxTokens())
                    .ids();
            ids[0] = model.questionBegin(); // in place of [CLS], as in the authors' code
            Tensor mask = Tensor.ones(DType.FLOAT32, 1, ids.length);
            Tensor image = model.image(processor.apply(picture));
            Tensor states = model.question(Tensor.of(ids, 1, ids.length), mask, image);
            return Answer.distinct(answering.apply(states, mask));
        }
    }

    @Override
    public String identity() {
        return "blip " + folder.hash();
    }

    /** Frees the model. */
    @Override
    public void close() {
        tokenizer.close();
        folder.close();
    }
}
