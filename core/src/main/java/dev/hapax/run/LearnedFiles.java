package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.checkpoint.XtiFile;
import dev.hapax.learning.LearnedLora;
import dev.hapax.learning.LoraShare;
import dev.hapax.learning.Method;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.TunableModel;
import dev.hapax.lora.LoraFactors;
import dev.hapax.lora.LoraWriter;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import dev.hapax.text.WordForm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes what a run has learned into its folder.
 *
 * @param folder of the run
 * @param settings of the run, for the metadata
 * @param method which words there are
 */
record LearnedFiles(RunFolder folder, ObjectNode settings, Method<?> method) {

    /** The file of each word. */
    Map<String, Path> words() {
        return folder.wordFiles(method.words().stream().map(Word::token).toList());
    }

    void saveWords(Trainer<?> trainer) {
        Map<String, Path> files = words();
        try (Scope scope = Scope.open()) {
            Lexicon learned = trainer.words();
            for (Word word : method.words()) {
                Map<String, String> texts = RunRecord.metadata(settings, word, trainer.steps());
                trainer.readings().forEach((name, value) -> texts.put(name, value.toString()));
                Path path = Objects.requireNonNull(files.get(word.token()));
                Tensor rows = learned.rows(word.token()).detach();
                WordFile file = WordForm.file(word, rows, texts);
                file.write(path);
                if (!word.cells().isOne()) {
                    file.flattened().write(folder.makeFolderOf(folder.flattened(path)));
                }
                WordForm.perLayer(word, rows)
                        .filter(layers -> layers.size(0) == XtiFile.LAYERS.size())
                        .ifPresent(layers -> XtiFile.write(folder.makeFolderOf(folder.xti(path)), layers));
            }
        }
    }

    /**
     * Writes the weights that moved, if any: whole, or as the LoRA that was trained.
     *
     * @param exportRank of the LoRA that is written beside whole weights; empty for none
     * @return how much of the change that LoRA holds
     */
    Optional<LoraShare> saveWeights(Trainer<?> trainer, TunableModel model, OptionalInt exportRank) {
        Map<String, String> texts = RunRecord.metadata(settings, trainer.steps());
        texts.put("format", "pt"); // without it transformers' loader refuses a file
        if (method.tuning().rank().isPresent()) {
            save(LearnedLora.trained(trainer.weights()), texts);
            return Optional.empty();
        }
        SafetensorsWriter.write(folder.makeFolderOf(folder.weights()), trainer.weights(), texts);
        if (exportRank.isEmpty()) {
            return Optional.empty();
        }
        try (Scope scope = Scope.open()) {
            Map<String, Map<String, LoraFactors>> closest =
                    LearnedLora.closest(model, trainer.weights(), exportRank.getAsInt());
            save(closest, texts);
            return Optional.of(LoraShare.of(model, trainer.weights(), closest));
        }
    }

    private void save(Map<String, Map<String, LoraFactors>> lora, Map<String, String> texts) {
        LoraWriter.write(folder.makeFolderOf(folder.lora()), lora, texts);
        LoraWriter.writeKohya(folder.makeFolderOf(folder.kohya()), lora, texts);
    }
}
