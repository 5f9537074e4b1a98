package dev.hapax.golden;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.schedule.BetaSchedule;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.schedule.PredictionType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Tables, noised samples, velocities and signal-to-noise ratios of the beta schedules. */
final class NoiseScheduleGolden implements GoldenCheck {
    private static final Map<String, NoiseSchedule> SCHEDULES = Map.of(
            "default", schedule(BetaSchedule.LINEAR, 0.0001, 0.02),
            "linear", schedule(BetaSchedule.LINEAR, 0.00085, 0.012),
            "scaled_linear", schedule(BetaSchedule.SCALED_LINEAR, 0.00085, 0.012),
            "zsnr", schedule(BetaSchedule.SCALED_LINEAR, 0.00085, 0.012).withZeroTerminalSnr(),
            "cosine", schedule(BetaSchedule.SQUAREDCOS_CAP_V2, 0.0001, 0.02),
            "sigmoid", schedule(BetaSchedule.SIGMOID, 0.0001, 0.02));

    private static NoiseSchedule schedule(BetaSchedule formula, double start, double end) {
        return NoiseSchedule.of(formula, 1000, start, end, PredictionType.V_PREDICTION);
    }

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("schedulers/training.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            long[] indices = golden.tensor("idx").toLongs();
            long[] timesteps = golden.tensor("timesteps").toLongs();
            Tensor clean = golden.tensor("z0");
            Tensor noise = golden.tensor("noise");
            for (String key : golden.names()) {
                if (!key.endsWith(".noisy")) {
                    continue;
                }
                String name = key.substring(0, key.length() - ".noisy".length());
                NoiseSchedule schedule = SCHEDULES.get(name);
                if (schedule == null) {
                    throw new IllegalArgumentException("no schedule is known for " + key);
                }
                double[] table = Arrays.stream(indices)
                        .mapToDouble(t -> schedule.alphaCumprod((int) t))
                        .toArray();
                double[] snr = Arrays.stream(timesteps)
                        .mapToDouble(t -> schedule.snr((int) t))
                        .toArray();
                report.compare(
                        name + ".alphas_cumprod",
                        Tensor.of(table, table.length),
                        golden.tensor(name + ".alphas_cumprod"));
                report.compare(name + ".snr", Tensor.of(snr, snr.length), golden.tensor(name + ".snr"));
                report.compare(key, schedule.addNoise(clean, noise, timesteps), golden.tensor(key));
                report.compare(
                        name + ".velocity",
                        schedule.target(clean, noise, timesteps),
                        golden.tensor(name + ".velocity"));
            }
        }
    }
}
