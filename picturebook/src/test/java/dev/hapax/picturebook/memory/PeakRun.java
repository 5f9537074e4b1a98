package dev.hapax.picturebook.memory;

import com.sun.jna.NativeLibrary;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.MemoryEstimate;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.run.InitWords;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Learning;
import dev.hapax.run.MethodName;
import dev.hapax.run.Metric;
import dev.hapax.run.Regularisation;
import dev.hapax.run.RunFolder;
import dev.hapax.run.WeightSettings;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A short run in a process of its own, between two calls of glibc's {@code malloc_stats}, which says how much of large
 * blocks was mapped at most. Arguments: model, picture, folder of regularising pictures, method, batch, whether with
 * checkpointing, folder of the run, what else ({@link #variant}). Prints the estimate for what comes on top of the model, in bytes.
 */
final class PeakRun {
    private static final int STEPS = 3;

    private PeakRun() {}

    public static void main(String[] arguments) {
        MethodName method = MethodName.of(arguments[3]);
        String prompt = "<v1> cat and <v2> ball";
        WeightSettings weights = new WeightSettings(
                variant(arguments[7], "lora") ? OptionalInt.of(4) : OptionalInt.empty(),
                variant(arguments[7], "text-encoder"),
                method.usual().rate(),
                1,
                Regularisation.from(Path.of(arguments[2]), "a cat and a ball"),
                variant(arguments[7], "augment"),
                DisenDiffSettings.SHIPPED,
                Map.of(),
                Map.of(),
                OptionalInt.empty());
        LearnRequest request = new LearnRequest(
                List.of(Path.of(arguments[1])),
                method,
                method.regularisers(),
                prompt,
                List.of("{}"),
                InitWords.of(prompt, Map.of(), 1),
                new LearnRequest.Pace(STEPS, method.usual().rate(), Integer.parseInt(arguments[4]), 1, 0),
                OptionalInt.empty(),
                weights);
        try (StableDiffusion model = StableDiffusion.open(Path.of(arguments[0]), DType.FLOAT32, Device.CPU)) {
            mallocStats();
            new Learning(model, request, new RunFolder(Path.of(arguments[6])), () -> Instant.EPOCH)
                    .run(new Learning.Options(50, 0, false, Boolean.parseBoolean(arguments[5])), new Told());
        }
        mallocStats();
    }

    /** Whether the run differs from the plain one in this. */
    private static boolean variant(String asked, String difference) {
        return asked.equals(difference);
    }

    private static void mallocStats() {
        System.err.flush();
        NativeLibrary.getInstance("c").getFunction("malloc_stats").invokeVoid(new Object[0]);
    }

    /** Prints what it was told. */
    private static final class Told implements Learning.Listener {
        @Override
        public void step(Metric metric, long steps) {}

        @Override
        public void memory(MemoryEstimate asked, MemoryEstimate twice) {
            System.out.println("estimate " + (asked.total() - asked.model()));
        }
    }
}
