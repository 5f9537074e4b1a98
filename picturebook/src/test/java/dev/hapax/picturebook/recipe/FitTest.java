package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.nn.Linear;
import dev.hapax.run.StopOnExit;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FitTest {
    private static final PrintStream NOBODY = new PrintStream(OutputStream.nullOutputStream());

    @Test
    @Timeout(60)
    void toldToStopItFinishesTheStepAndGoesOnToTheSameBits(@TempDir Path folder) throws Exception {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Fit<Linear> uninterrupted = fit(whole);
        uninterrupted.run(FitTest::loss, journal(whole));

        Path parts = Files.createDirectory(folder.resolve("parts"));
        try (StopOnExit stop = new StopOnExit()) {
            Thread end = new Thread(stop::hold);
            IllegalStateException stopped = assertThrows(
                    IllegalStateException.class,
                    () -> fit(parts)
                            .run(
                                    (model, step, first, count) -> {
                                        if (step == 3) {
                                            end.start();
                                            await(stop);
                                        }
                                        return loss(model, step, first, count);
                                    },
                                    journal(parts),
                                    stop));
            assertTrue(stopped.getMessage().contains("at step 4 of 9"), stopped.getMessage());
            assertTrue(end.isAlive(), "the process must not end before the state is saved");
            stop.close();
            end.join(TimeUnit.SECONDS.toMillis(10));
            assertFalse(end.isAlive());
        }
        long[] steps = {Long.MAX_VALUE};
        Fit<Linear> resumed = fit(parts);
        resumed.run(
                (model, step, first, count) -> {
                    steps[0] = Math.min(steps[0], step);
                    return loss(model, step, first, count);
                },
                journal(parts));

        assertTrue(steps[0] == 4, "it began again at step " + steps[0]);
        assertArrayEquals(values(uninterrupted), values(resumed));
    }

    @Test
    void twoWorkersLearnWhatOneDoes(@TempDir Path folder) throws Exception {
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Fit<Linear> one = fit(alone, 1);
        one.run(FitTest::loss, journal(alone));
        Path together = Files.createDirectory(folder.resolve("together"));
        Fit<Linear> two = fit(together, 2);
        two.run(FitTest::loss, journal(together));
        assertArrayEquals(values(one), values(two), 1e-6f);
    }

    private static Fit<Linear> fit(Path state) {
        return fit(state, 1);
    }

    private static Fit<Linear> fit(Path state, int workers) {
        Plan plan = new Plan("line", 9, 4, 1e-2, 1, 2, 1, 0.9, AdamW.Settings.DEFAULT, DType.FLOAT32, workers);
        return new Fit<>(plan, new Initializer(1), weights -> Linear.of(weights, 3, 2), state);
    }

    private static Tensor loss(Linear model, long step, int first, int count) {
        Tensor rows = new Rng(2).normal(Purpose.NOISE, step, 0, 4, 3).narrow(0, first, count);
        return model.apply(rows).square().mean();
    }

    private static Journal journal(Path folder) {
        return new Journal(folder.resolve("training.jsonl"), NOBODY);
    }

    private static void await(StopOnExit stop) {
        while (!stop.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static float[] values(Fit<Linear> fit) {
        Map<String, Tensor> result = fit.result();
        return result.get("weight").toFloats();
    }
}
