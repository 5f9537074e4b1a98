package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.learning.Trainer;
import dev.hapax.tensor.Tensor;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** The saved state of a run. */
record ResumePoint(RunFolder folder) {
    private static final String STEPS = "steps";

    /**
     * Checks that a run may begin or go on in the folder.
     *
     * @return the steps that are done already
     * @throws IllegalArgumentException if it holds a run and none is expected, or none or another one
     */
    long check(boolean resume, ObjectNode settings) {
        boolean there = Files.exists(folder.record());
        if (!resume && there) {
            throw new IllegalArgumentException("the folder " + folder.root()
                    + " holds a run already; go on with it by --resume, or choose another --out");
        }
        if (resume && !there) {
            throw new IllegalArgumentException(
                    "the folder " + folder.root() + " holds no run to go on with; leave --resume out to begin one");
        }
        if (!resume) {
            return 0;
        }
        String difference = RunRecord.difference(RunRecord.read(folder.record()).path("settings"), settings);
        if (!difference.isEmpty()) {
            throw new IllegalArgumentException("the run in " + folder.root() + " had other settings: " + difference
                    + "; give the same ones, or choose another --out");
        }
        if (!Files.exists(folder.state())) {
            return 0; // killed before the first state was saved
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.state())) {
            return steps(file);
        }
    }

    void save(Trainer<?> trainer) {
        SafetensorsWriter.write(folder.state(), trainer.state(), Map.of(STEPS, Long.toString(trainer.steps())));
    }

    void restore(Trainer<?> trainer, long steps) {
        if (steps == 0) {
            return;
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.state())) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            file.names().forEach(name -> state.put(name, file.tensor(name)));
            trainer.restore(state, steps);
        }
    }

    private long steps(SafetensorsFile file) {
        String text = String.valueOf(file.metadata().get(STEPS));
        if (!text.matches("\\d{1,18}")) {
            throw new CheckpointException(folder.state() + " is no saved state: its count of steps is " + text);
        }
        return Long.parseLong(text);
    }
}
