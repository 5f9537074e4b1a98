package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.GridRunner;
import dev.hapax.evaluation.grid.GridStoppedException;
import dev.hapax.evaluation.measure.Judges;
import dev.hapax.evaluation.protocol.Comparison;
import dev.hapax.evaluation.protocol.Entry;
import dev.hapax.evaluation.protocol.Ground;
import dev.hapax.evaluation.protocol.McplProtocol;
import dev.hapax.evaluation.protocol.Scale;
import dev.hapax.evaluation.protocol.Studio;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedComparisonTest {
    @TempDir
    private Path folder;

    /** Stopped after the first of two steps of learning: the words that come out in the end are the same. */
    @Test
    void learningGoesOnToTheSameResults() throws IOException {
        Path model = TinyModel.withClip(folder.resolve("model"));
        try (StableDiffusion opened = StableDiffusion.open(model, DType.FLOAT32, Device.CPU);
                Judges judges = Judges.open(model, Optional.empty(), Optional.empty(), Optional.empty())) {
            Path stopped = folder.resolve("stopped");
            BooleanSupplier amidLearning = () -> holds(stopped.resolve("products"), "step-000001");
            Studio interrupted = new Studio(opened, judges, Optional.empty(), Optional.empty(), amidLearning);
            Studio whole = new Studio(opened, judges, Optional.empty(), Optional.empty(), () -> false);
            Comparison comparison = first(new McplProtocol().on(Ground.drawn(whole), Scale.TINY));
            assertThrows(GridStoppedException.class, () -> run(comparison, interrupted, stopped));
            assertFalse(holds(stopped.resolve("products"), "step-000002"), "it was stopped in between");
            assertEquals(
                    run(comparison, whole, folder.resolve("whole")), run(comparison, whole, stopped), "goes on alike");
        }
    }

    /** The third entry of a comparison, MCPL-one, and its first prompt. */
    private static Comparison first(Comparison all) {
        var entry = all.entries().get(2);
        return new Comparison(
                all.title(),
                all.lead(),
                all.unit(),
                all.ground(),
                all.courses(),
                all.drawing(),
                List.of(new Entry(
                        entry.variant(), entry.subject(), entry.asks().subList(0, 1), entry.words(), entry.steps())),
                List.of(),
                all.settings(),
                all.given());
    }

    private static List<String> run(Comparison comparison, Studio studio, Path folder) {
        return GridRunner.of(GridFolder.open(folder, Comparison.FORMAT), 1)
                .run(comparison.grid(studio), progress -> {}, studio.stop())
                .stream()
                .map(GridResult::value)
                .map(Object::toString)
                .toList();
    }

    private static boolean holds(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().equals(name));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // a file was renamed while it was looked at
        }
    }
}
