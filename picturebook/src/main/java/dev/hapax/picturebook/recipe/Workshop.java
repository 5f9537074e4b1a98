package dev.hapax.picturebook.recipe;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the stages of training work. Each resumes from its own state; a stage whose part is in the model already is not
 * run again.
 *
 * @param out the folder of the model, in diffusers' layout
 * @param state the folder of renderings, optimiser states and logs; large, may be deleted afterwards
 * @param workers threads
 * @param watcher hears about progress
 */
public record Workshop(Path out, Path state, int workers, PrintStream watcher) {
    /** Pixels of a picture along one side. */
    static final int SIZE = 128;

    /** How many pictures autoencoder and CLIP see. */
    static final long SCENES = 60_000;

    /**
     * Makes the folders.
     *
     * @throws IOException if that does not work
     */
    public static Workshop open(Path out, Path state, int workers, PrintStream watcher) throws IOException {
        Files.createDirectories(out);
        Files.createDirectories(state);
        return new Workshop(out, state, workers, watcher);
    }

    Journal journal() {
        return new Journal(state.resolve("training.jsonl"), watcher);
    }

    SceneCache scenes() throws IOException {
        return new SceneCache(state.resolve("scenes-128.rgb"), SIZE);
    }
}
