package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipVisionEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CLIP's embeddings of the scenes 0, 1, 2, ..., in a file that also says which tower made them: another tower's are made
 * anew.
 *
 * @param file where they are kept
 * @param tower the hash of the tower's weights
 */
record EmbeddingCache(Path file, String tower) {
    private static final int BATCH = 64;
    private static final String NAME = "embeddings";

    /** The embeddings of this many scenes on CLIP's own scale, fp32: (scenes, width). The caller closes them. */
    Tensor read(SceneCache cache, long scenes, ClipVisionEncoder encoder, Journal journal) throws IOException {
        if (!isThere(scenes)) {
            write(cache, scenes, encoder, journal);
        }
        try (SafetensorsFile stored = SafetensorsFile.open(file);
                Scope scope = Scope.open()) {
            return stored.tensor(NAME).to(DType.FLOAT32).copy().keep();
        }
    }

    private boolean isThere(long scenes) {
        if (!Files.exists(file)) {
            return false;
        }
        try (SafetensorsFile stored = SafetensorsFile.open(file)) {
            return tower.equals(stored.metadata().get("tower")) && stored.shape(NAME)[0] == scenes;
        }
    }

    private void write(SceneCache cache, long scenes, ClipVisionEncoder encoder, Journal journal) throws IOException {
        Engine.setThreads(1);
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            List<Tensor> parts = new ArrayList<>();
            for (long next = 0; next < scenes; next += BATCH) {
                long first = next;
                int n = (int) Math.min(BATCH, scenes - next);
                parts.add(Scope.run(() -> encoder.encode(cache.images(first, n, DType.BFLOAT16))
                        .projected()
                        .to(DType.FLOAT32))); // (n, width)
                if (next / BATCH % 100 == 0) {
                    journal.say("embedded " + (next + n) + " of " + scenes + " scenes");
                }
            }
            SafetensorsWriter.write(file, Map.of(NAME, Tensor.cat(parts, 0)), Map.of("tower", tower));
        }
    }
}
