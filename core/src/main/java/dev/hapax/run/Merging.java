package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.Version;
import dev.hapax.method.customdiffusion.ConstrainedMerge;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.WordForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Joins concepts that Custom Diffusion or DisenDiff learned apart into one folder: their words, and keys and values that
 * serve them all ({@link ConstrainedMerge}).
 *
 * @param model that they were learned with
 * @param captions of ordinary pictures, which shall keep their meaning
 */
public record Merging(StableDiffusion model, List<String> captions) {
    private static final Pattern KEY_OR_VALUE = Pattern.compile("unet\\.(.*\\.to_[kv]\\.weight)");
    private static final String LONG = "photo of a "; // official code: the prompt alone, and with this before it

    /** Checks that there are captions. */
    public Merging {
        captions = captions.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (captions.isEmpty()) {
            throw new IllegalArgumentException(
                    "no caption of ordinary pictures is given; a file with one on each line, some two hundred, is good");
        }
    }

    /** One of the folders. */
    private record Learned(Path weights, String prompt) {}

    /**
     * Merges folders into a new one.
     *
     * @throws CheckpointException if a folder holds something else, or was learned with another model
     * @throws IllegalArgumentException if the concepts contradict each other, or the target holds a run
     */
    public void merge(List<Path> folders, RunFolder target) {
        if (Learning.isRun(target.root())) {
            throw new IllegalArgumentException(
                    "the folder " + target.root() + " holds a run already; choose another --out");
        }
        if (!(model.text() instanceof SinglePromptEncoder text)) {
            throw new IllegalArgumentException("concepts are merged for models with one text encoder, " + model.name()
                    + " has " + model.text().encoders());
        }
        RunFolder.requireFinished(folders);
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Map<String, WordFile> words = new LinkedHashMap<>();
            Lexicon lexicon = Lexicon.empty();
            List<Learned> concepts = new ArrayList<>();
            for (Path folder : folders) {
                RunFolder run = new RunFolder(folder);
                if (!Files.exists(run.weights()) && Files.exists(run.lora())) {
                    throw new CheckpointException(
                            folder + " holds a LoRA, and only weights that were learned whole can be"
                                    + " merged; learn it again without --lora");
                }
                if (!Files.exists(run.weights()) || !Files.exists(run.record())) {
                    throw new CheckpointException(folder + " holds no weights that were learned whole;"
                            + " hapax learn --method custom-diffusion writes them");
                }
                LearnedChanges.requireSameModel(model, run.weights(), "");
                for (Path file : RunFolder.wordFilesIn(folder)) {
                    WordFile word = WordFile.read(file);
                    if (words.put(word.token(), word) != null) {
                        throw new CheckpointException("two of the folders " + folders + " hold the word " + word.token()
                                + "; learn one of them under another name");
                    }
                    lexicon = WordForm.read(word, lexicon);
                }
                concepts.add(new Learned(
                        run.weights(),
                        Config.read(run.record()).object("settings").text("prompt")));
            }
            Map<String, Tensor> merged = merged(concepts, text, lexicon);
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("format", "pt"); // without it transformers' loader refuses a file
            texts.put("version", Version.CURRENT);
            texts.put("model", model.name());
            texts.put("model_sha256", model.hash());
            SafetensorsWriter.write(target.makeFolderOf(target.weights()), merged, texts);
            target.wordFiles(List.copyOf(words.keySet())).forEach((token, file) -> {
                WordFile word = words.get(token);
                if (word != null) {
                    word.write(file);
                }
            });
            AtomicFile.write(target.record(), record(concepts, folders, merged.size()));
        }
    }

    private Map<String, Tensor> merged(List<Learned> concepts, SinglePromptEncoder text, Lexicon words) {
        List<Tensor> rows = new ArrayList<>();
        captions.forEach(caption -> rows.add(tokens(text, caption, words, 0)));
        Tensor regularising = Tensor.cat(rows, 0); // (n, width)
        Map<String, List<ConstrainedMerge.Concept>> asked = new LinkedHashMap<>();
        for (Learned concept : concepts) {
            int before = text.tokenizer().encode(LONG.strip(), words).length() - 2; // without begin and end
            Tensor texts = Tensor.cat(
                    List.of(
                            tokens(text, concept.prompt(), words, 0),
                            tokens(text, LONG + concept.prompt(), words, before)),
                    0);
            try (SafetensorsFile file = SafetensorsFile.open(concept.weights())) {
                for (String name : file.names()) {
                    if (!KEY_OR_VALUE.matcher(name).matches()) {
                        throw new CheckpointException(concept.weights() + " changes " + name
                                + "; only keys and values of cross-attention can be merged");
                    }
                    asked.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(new ConstrainedMerge.Concept(file.tensor(name).copy(), texts));
                }
            }
        }
        Map<String, Tensor> merged = new LinkedHashMap<>();
        asked.forEach((name, of) -> {
            Tensor base = model.part("unet")
                    .orElseThrow()
                    .weights()
                    .get(name.substring("unet.".length()), of.get(0).weight().shape());
            merged.put(name, ConstrainedMerge.merge(base, regularising, of));
        });
        return merged;
    }

    /** What the U-Net reads of a text, from after its start token and so many others to its end token: (n, width). */
    private static Tensor tokens(SinglePromptEncoder text, String prompt, Lexicon words, int before) {
        TokenIds ids = text.tokenizer().encode(prompt, words);
        return text.encoder()
                .encode(List.of(ids), words)
                .last()
                .select(0, 0)
                .narrow(0, 1 + before, ids.length() - 1 - before);
    }

    private byte[] record(List<Learned> concepts, List<Path> folders, int weights) {
        ObjectNode node = RunRecord.object();
        node.put("finished", true);
        ObjectNode settings = node.putObject("settings");
        settings.put("version", Version.CURRENT);
        settings.put("method", "constrained merge");
        settings.put("paper", "Kumari et al. 2023, arXiv 2212.04488");
        settings.put(
                "prompt",
                String.join(" and ", concepts.stream().map(Learned::prompt).toList()));
        folders.forEach(folder -> settings.withArray("folders").add(folder.toString()));
        captions.forEach(settings.putArray("captions")::add);
        settings.put("model", model.name());
        settings.put("model_sha256", model.hash());
        node.put("changed_weights", weights);
        return RunRecord.bytes(node);
    }
}
