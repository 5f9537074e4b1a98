package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import java.nio.file.Path;

/** An answerer that was opened from a model's folder, and holds its weights until it is closed. */
public interface ModelAnswerer extends Answerer, AutoCloseable {

    /**
     * Opens whichever model lies in a folder: ViLT, BLIP or BLIP-2, as its {@code config.json} says.
     *
     * @throws CheckpointException if it is none of them, or a file is missing or damaged
     */
    static ModelAnswerer open(Path folder) {
        try (ModelFolder model = ModelFolder.open(folder)) {
            Config config = model.config(ModelFolder.ROOT);
            String type = config.text("model_type", "");
            return switch (type) {
                case "vilt" -> ViltAnswerer.open(folder);
                case "blip" -> BlipAnswerer.open(folder);
                case "blip-2" -> Blip2Answerer.open(folder);
                default ->
                    throw new CheckpointException(config.origin()
                            + ": \"model_type\" must be vilt, blip or blip-2 to answer questions, got \"" + type
                            + "\"");
            };
        }
    }

    /** Frees the model. */
    @Override
    void close();
}
