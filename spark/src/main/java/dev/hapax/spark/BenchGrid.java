package dev.hapax.spark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.protocol.Comparison;
import dev.hapax.evaluation.protocol.Experiment;
import dev.hapax.evaluation.protocol.Ground;
import dev.hapax.evaluation.protocol.Protocol;
import dev.hapax.evaluation.protocol.Studio;
import dev.hapax.evaluation.protocol.StudioParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code hapax bench} computes, as a grid for Spark. Its settings are those of the verb, paths as all machines see
 * them:
 *
 * <pre>
 * {"bench": "mcpl", "scale": "paper", "model": "/shared/sd15", "judge": "/shared/clip-vit-b-32", "pictures": "/shared/pairs"}
 * "pictures", "judge", "dino", "reader", "detector", "prior": folders, where the verb's defaults do not do
 * </pre>
 *
 * With {@code --folder OUT/cells}, {@code hapax bench} with the same options and {@code --out OUT} then writes the report.
 */
public final class BenchGrid implements GridSource<Studio.Place> {
    private static final List<String> KEYS =
            List.of("bench", "scale", "model", "pictures", "judge", "dino", "reader", "detector", "prior");

    @Override
    public int format() {
        return Comparison.FORMAT;
    }

    @Override
    public List<Cell> cells(JsonNode settings) {
        try (Studio studio = studio(settings)) {
            return experiment(settings, studio).cells();
        }
    }

    @Override
    public Tools<Studio.Place> tools(JsonNode settings) {
        Studio studio = studio(settings);
        try {
            return new Tools<>(experiment(settings, studio).grid(studio).work(), studio.place());
        } catch (RuntimeException e) {
            studio.close();
            throw e;
        }
    }

    private static Studio studio(JsonNode settings) {
        settings.fieldNames()
                .forEachRemaining(key -> require(
                        KEYS.contains(key),
                        "there is no setting \"" + key + "\" of a bench; there are: " + String.join(", ", KEYS)));
        Path model = folder(settings, "model")
                .orElseThrow(() -> new IllegalArgumentException("a bench needs the setting \"model\", a folder"));
        return new StudioParts(
                        model,
                        folder(settings, "judge"),
                        folder(settings, "dino"),
                        folder(settings, "reader"),
                        folder(settings, "detector"),
                        folder(settings, "prior"))
                .open(() -> Thread.currentThread().isInterrupted());
    }

    private static Experiment experiment(JsonNode settings, Studio studio) {
        return Protocol.named(settings.path("bench").asText())
                .on(
                        Ground.of(studio, folder(settings, "pictures")),
                        Protocol.scale(settings.path("scale").asText()));
    }

    private static Optional<Path> folder(JsonNode settings, String key) {
        if (!settings.has(key)) {
            return Optional.empty();
        }
        Path folder = Path.of(settings.path(key).asText());
        require(
                folder.isAbsolute(),
                "\"" + key + "\" must be an absolute path, the same on all machines; got \"" + folder + "\"");
        return Optional.of(folder);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
