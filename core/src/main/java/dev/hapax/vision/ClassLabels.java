package dev.hapax.vision;

import dev.hapax.checkpoint.Config;
import java.util.ArrayList;
import java.util.List;

/** The names of the classes that a model chooses between. */
public final class ClassLabels {
    private ClassLabels() {}

    /**
     * The names in a configuration's {@code id2label}, in the order of the logits.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if {@code id2label} is missing, or its numbers are not 0, 1, 2, ...
     */
    public static List<String> of(Config config) {
        Config names = config.object("id2label");
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < names.json().size(); i++) {
            labels.add(names.text(Integer.toString(i)));
        }
        return List.copyOf(labels);
    }
}
