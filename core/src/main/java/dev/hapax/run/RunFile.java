package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.diffusion.WordHashes;
import dev.hapax.learning.Trainer;
import dev.hapax.text.Lexicon;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The {@code run.json} of a run: what was asked for, what came of it, and how long it took. */
final class RunFile {
    private final RunFolder folder;
    private final long steps;
    private final InstantSource clock;
    private final Instant start;
    private Instant read;

    /**
     * Begins now.
     *
     * @param steps that were asked for
     */
    RunFile(RunFolder folder, long steps, InstantSource clock) {
        this.folder = folder;
        this.steps = steps;
        this.clock = clock;
        this.start = clock.instant();
        this.read = start;
    }

    /** From here on it learns. */
    void picturesRead() {
        read = clock.instant();
    }

    /**
     * Writes it.
     *
     * @param finished whether all steps are done
     */
    void write(ObjectNode settings, LearnedFiles learned, Trainer<?> trainer, boolean finished) {
        ObjectNode node = RunRecord.object();
        node.put("finished", finished);
        node.set("settings", settings);
        node.put("steps", steps);
        ObjectNode files = node.putObject("files");
        learned.words()
                .forEach((word, file) -> files.put(word, file.getFileName().toString()));
        if (!trainer.weights().isEmpty()) {
            node.put("changed_weights", trainer.weights().size());
        }
        if (finished) {
            Lexicon words = trainer.words();
            WordHashes.of(List.of(words), String.join(" ", words.words())).forEach(node.putObject("words_sha256")::put);
        }
        node.put("started", start.toString());
        ObjectNode seconds = node.putObject("seconds");
        seconds.put("reading", seconds(start, read));
        if (finished) {
            seconds.put("learning", seconds(read, clock.instant()));
        }
        AtomicFile.write(folder.record(), RunRecord.bytes(node));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
