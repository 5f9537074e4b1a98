package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.schedule.Ddim;
import dev.hapax.schedule.Euler;
import dev.hapax.schedule.Sampler;
import dev.hapax.schedule.Samplers;
import dev.hapax.schedule.Step;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Every sampler's trajectory for given model outputs and given noise. */
final class SchedulerGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith(Path.of("schedulers", "schedulers.safetensors"));
    }

    @Override
    public void check(Path file, GoldenReport report) {
        Config cases = Config.read(file.resolveSibling("schedulers.json"));
        try (SafetensorsFile golden = SafetensorsFile.open(file)) {
            cases.json().fieldNames().forEachRemaining(name -> {
                try (Scope scope = Scope.open()) {
                    check(name, cases.object(name), golden, report);
                }
            });
        }
    }

    private static void check(String name, Config description, SafetensorsFile golden, GoldenReport report) {
        Tensor outputs = golden.tensor("model_outputs");
        Tensor noise = golden.tensor("noise");
        boolean learned = description.object("config").text("variance_type", "").equals("learned_range");
        AtomicInteger draws = new AtomicInteger();
        List<Tensor> samples = new ArrayList<>();
        List<Tensor> cleans = new ArrayList<>();
        try (Trajectory run = sampler(description).start(description.integer("steps"))) {
            Tensor x = golden.tensor("x").times(run.initNoiseSigma());
            report.compare(
                    name + ".init", Tensor.scalar(run.initNoiseSigma()), golden.tensor(name + ".init_noise_sigma"));
            report.compare(name + ".scaled0", run.scaleModelInput(x, 0), golden.tensor(name + ".scaled0"));
            double[] timesteps = new double[run.calls()];
            for (int call = 0; call < run.calls(); call++) {
                timesteps[call] = run.timestep(call);
                Tensor output = outputs.select(0, call);
                if (learned) {
                    Tensor variance =
                            noise.select(0, noise.size(0) - 1 - call).tanh().times(0.5);
                    output = Tensor.cat(List.of(output, variance), 1);
                }
                Step step = run.step(output, call, x, () -> noise.select(0, draws.getAndIncrement()));
                x = step.sample();
                samples.add(x);
                cleans.add(step.clean());
            }
            report.compare(name + ".ts", Tensor.of(timesteps, timesteps.length), golden.tensor(name + ".ts"));
        }
        report.compare(name + ".samples", Tensor.stack(samples, 0), golden.tensor(name + ".samples"));
        if (golden.names().contains(name + ".x0")) {
            report.compare(name + ".x0", Tensor.stack(cleans, 0), golden.tensor(name + ".x0"));
        }
        report.exact(name + ".draws", new long[] {draws.get()}, new long[] {description.integer("noise_draws")});
    }

    private static Sampler sampler(Config description) {
        Map<String, Object> settings = new LinkedHashMap<>();
        description.object("config").json().properties().forEach(e -> settings.put(e.getKey(), e.getValue()));
        settings.put("_class_name", description.text("cls"));
        Sampler sampler = Samplers.of(Config.of(settings));
        Config options = description.object("step_kwargs");
        if (sampler instanceof Ddim ddim) {
            return ddim.withEta(options.number("eta", 0));
        }
        if (sampler instanceof Euler euler && options.has("s_churn")) {
            return euler.withChurn(new Euler.Churn(
                    options.number("s_churn"),
                    options.number("s_tmin", 0),
                    options.number("s_tmax", Double.POSITIVE_INFINITY),
                    options.number("s_noise", 1)));
        }
        return sampler;
    }
}
