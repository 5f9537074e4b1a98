package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.diffusion.WordBox;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.layout.PromptLayout;
import dev.hapax.run.Painter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the things of a prompt are held where the model's layout predictor sees them. */
final class LayoutOption {
    private static final String NONE = "none";
    private static final String PREDICTED = "predicted";

    @Option(
            names = "--layout",
            paramLabel = "HOW",
            description =
                    "Hold the two things of the prompt where the model's layout predictor (hapax layout train) sees"
                            + " them: predicted, none, or the two words, such as \"kitten,<a>\", of which those that it does not"
                            + " know count as the nearest that it knows. Default: predicted if the model has one and the prompt"
                            + " names two things that it knows, in one text for all layers and timesteps, unless there is --box or"
                            + " --start. Takes as long as boxes do.")
    private @Nullable String how;

    /** Whether somebody asked for boxes. */
    boolean isAsked() {
        return how != null && !how.equals(NONE);
    }

    /**
     * The boxes for a prompt; says in one line what came of it.
     *
     * @param byItself whether boxes are predicted if nobody asks for it
     */
    List<WordBox> boxes(Console console, Path model, Painter painter, String prompt, boolean byItself) {
        if (NONE.equals(how) || how == null && !(byItself && painter.readsOneText(prompt))) {
            return List.of();
        }
        List<String> named = named();
        if (!LayoutPredictor.isIn(model)) {
            if (how == null) {
                return List.of();
            }
            throw new CheckpointException("the model in " + model + " has no layout predictor; train one, hapax layout"
                    + " train --model " + model + " --detector DIR --out " + model.resolve(ModelFolder.LAYOUT)
                    + ", or give boxes with --box");
        }
        try (LayoutPredictor predictor = LayoutPredictor.open(model.resolve(ModelFolder.LAYOUT))) {
            PromptLayout layout = painter.layout(predictor, prompt, named);
            List<WordBox> boxes = layout.boxes().entrySet().stream()
                    .map(box -> new WordBox(box.getKey(), box.getValue()))
                    .toList();
            if (boxes.isEmpty() && how != null) {
                throw new IllegalArgumentException(layout.note() + "; give boxes with --box, or --layout none");
            }
            note(layout, boxes).ifPresent(line -> console.err().println("hapax: " + line));
            return boxes;
        }
    }

    private static Optional<String> note(PromptLayout layout, List<WordBox> boxes) {
        if (!boxes.isEmpty()) {
            String edges = boxes.stream().map(WordBox::rounded).collect(Collectors.joining(" "));
            return Optional.of("predicted boxes for " + layout.note() + ": " + edges + " (--layout none for none)");
        }
        return layout.things() < 2 ? Optional.empty() : Optional.of("no boxes: " + layout.note());
    }

    private List<String> named() {
        if (how == null || how.equals(PREDICTED)) {
            return List.of();
        }
        List<String> words =
                Arrays.stream(how.split(",", -1)).map(String::strip).toList();
        if (words.size() != 2 || words.contains("")) {
            throw new IllegalArgumentException("--layout is " + NONE + ", " + PREDICTED
                    + " or two words of the prompt such as \"kitten,<a>\"; got \"" + how + "\"");
        }
        return words;
    }
}
