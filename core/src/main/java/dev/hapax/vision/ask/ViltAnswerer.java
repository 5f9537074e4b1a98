package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.text.PretrainedTokenizer;
import dev.hapax.vision.ClassLabels;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * ViLT as an answerer: it knows a fixed list of answers and says how likely each is, in one pass, so it is the fastest.
 * Reads one folder with {@code config.json}, {@code model.safetensors}, {@code preprocessor_config.json} and {@code
 * tokenizer.json}, as transformers saves them; published is {@code dandelin/vilt-b32-finetuned-vqa}.
 *
 * <p>A confidence is the probability of one answer by itself; those of all answers need not add up to 1.
 */
public final class ViltAnswerer implements ModelAnswerer {
    private static final int ANSWERS = 5; // our choice: as many as transformers' pipeline gives

    private final ModelFolder folder;
    private final PretrainedTokenizer tokenizer;
    private final ViltImageProcessor processor;
    private final List<String> labels;
    private final Vilt model;

    private ViltAnswerer(ModelFolder folder, PretrainedTokenizer tokenizer) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        Config config = folder.config(ModelFolder.ROOT);
        processor = ViltImageProcessor.of(Config.read(folder.root().resolve("preprocessor_config.json")));
        labels = ClassLabels.of(config);
        model = Vilt.of(config, folder.weights(ModelFolder.ROOT, DType.FLOAT32));
    }

    /**
     * Opens the answerer in a model's folder.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static ViltAnswerer open(Path model) {
        return Opening.of(model, ViltAnswerer::new);
    }

    /** At most five answers of its list. */
    @Override
    public List<Answer> ask(Raster picture, String question) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            ViltInput input = ViltInput.of(
                    processor.apply(List.of(picture)),
                    Opening.question(tokenizer.encode(question), question, model.maxTokens()));
            float[] probabilities = model.logits(model.states(input)).sigmoid().toFloats(); // (answers)
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < probabilities.length; i++) {
                answers.add(new Answer(labels.get(i), probabilities[i]));
            }
            answers.sort(Comparator.comparingDouble(Answer::confidence).reversed());
            return Answer.distinct(answers.subList(0, Math.min(ANSWERS, answers.size())));
        }
    }

    @Override
    public String identity() {
        return "vilt " + folder.hash();
    }

    /** Frees the model. */
    @Override
    public void close() {
        tokenizer.close();
        folder.close();
    }
}
