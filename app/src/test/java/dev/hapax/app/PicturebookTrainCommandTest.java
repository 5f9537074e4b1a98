package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturebookTrainCommandTest {
    @TempDir
    private Path folder;

    /** Stages take hours each. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threads 3                 | stage vae: the number of threads must divide the batch of 8, got 3 threads",
                "--threads 8 --unet-batch 60 | stage unet: the number of threads must divide the batch of 60, got 8 threads",
                "--clip-steps 300            | stage clip needs at least 1 step and room for a warm-up of 300 and a decay of 100,",
                "--detector-steps 0          | stage detector needs at least 1 step",
            })
    void numbersThatDoNotFitAreToldBeforeTheFirstStage(String options, String expected) {
        List<Object> arguments = new ArrayList<>(List.of("picturebook", "train", "--out", folder.resolve("model")));
        arguments.addAll(List.of(options.split(" ")));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("hapax: " + expected), run.err());
    }
}
