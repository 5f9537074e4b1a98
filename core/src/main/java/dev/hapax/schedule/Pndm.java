package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/**
 * Pseudo numerical methods for diffusion models (Liu et al. 2022): linear multistep, after a start by Runge-Kutta or,
 * with {@code skipRungeKutta} as in Stable Diffusion, by one repeated timestep. A run of n steps then calls the model
 * n + 1 times.
 *
 * @param schedule the model's noise schedule; it may predict noise or velocity
 * @param spacing which timesteps a run visits
 * @param offset added to {@link TimestepSpacing#LEADING} timesteps
 * @param skipRungeKutta whether to start without Runge-Kutta: {@code skip_prk_steps}
 * @param endsClean whether the last step ends at no noise at all, instead of that of timestep 0: {@code
 *     set_alpha_to_one}
 */
public record Pndm(
        NoiseSchedule schedule, TimestepSpacing spacing, int offset, boolean skipRungeKutta, boolean endsClean)
        implements Sampler {
    private static final int RUNGE_KUTTA_STEPS = 3;

    /** Checks what the model predicts. */
    public Pndm {
        if (schedule.prediction() == PredictionType.SAMPLE) {
            throw new IllegalArgumentException("PNDM needs a model that predicts epsilon or v_prediction, not sample");
        }
    }

    static Pndm of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Pndm(
                schedule,
                config.spacing(TimestepSpacing.LEADING),
                config.offset(),
                config.flag("skip_prk_steps", false),
                config.flag("set_alpha_to_one", false));
    }

    @Override
    public Trajectory start(int steps) {
        if (!skipRungeKutta && steps <= RUNGE_KUTTA_STEPS) {
            throw new IllegalArgumentException("PNDM with Runge-Kutta needs at least " + (RUNGE_KUTTA_STEPS + 1)
                    + " steps, got " + steps + "; set skip_prk_steps");
        }
        long[] visited = spacing.timesteps(schedule.timesteps(), steps, offset);
        int stride = schedule.timesteps() / steps;
        long[] timesteps = skipRungeKutta ? secondTwice(visited) : rungeKuttaFirst(visited, stride / 2);
        return new Run(this, new WholeTimesteps(schedule, timesteps).requireSignal("PNDM divides"), stride);
    }

    private static long[] secondTwice(long[] visited) {
        if (visited.length == 1) {
            return visited;
        }
        long[] timesteps = new long[visited.length + 1];
        timesteps[0] = visited[0];
        System.arraycopy(visited, 1, timesteps, 1, 1);
        System.arraycopy(visited, 1, timesteps, 2, visited.length - 1);
        return timesteps;
    }

    /** Three steps of four calls each (start, twice half way, end), then the rest. */
    private static long[] rungeKuttaFirst(long[] visited, int half) {
        int calls = 4 * RUNGE_KUTTA_STEPS;
        long[] timesteps = new long[calls + visited.length - RUNGE_KUTTA_STEPS];
        for (int step = 0; step < RUNGE_KUTTA_STEPS; step++) {
            timesteps[4 * step] = visited[step];
            timesteps[4 * step + 1] = visited[step + 1] + half;
            timesteps[4 * step + 2] = visited[step + 1] + half;
            timesteps[4 * step + 3] = visited[step + 1];
        }
        System.arraycopy(visited, RUNGE_KUTTA_STEPS, timesteps, calls, visited.length - RUNGE_KUTTA_STEPS);
        return timesteps;
    }

    private static final class Run implements Trajectory {
        private final Pndm pndm;
        private final WholeTimesteps timesteps;
        private final int stride;
        private final CallOrder order;
        private final History outputs = new History(4);
        private final History origin = new History(1); // the sample that a step of several calls starts from
        private final History weighted = new History(1); // the running Runge-Kutta mean

        Run(Pndm pndm, WholeTimesteps timesteps, int stride) {
            this.pndm = pndm;
            this.timesteps = timesteps;
            this.stride = stride;
            this.order = new CallOrder(timesteps.calls());
        }

        @Override
        public int calls() {
            return timesteps.calls();
        }

        @Override
        public int firstCallOf(int step) {
            // without Runge-Kutta the repeated timestep counts as a step of its own, as in diffusers
            return pndm.skipRungeKutta ? step : step + 3 * Math.min(step, RUNGE_KUTTA_STEPS);
        }

        @Override
        public double timestep(int call) {
            return timesteps.at(call);
        }

        @Override
        public Tensor noisy(Tensor clean, Tensor noise, int call) {
            return timesteps.noisy(clean, noise, call);
        }

        @Override
        public Step step(Tensor modelOutput, int call, Tensor x, Supplier<Tensor> noise) {
            int before = order.next(call);
            boolean rungeKutta = !pndm.skipRungeKutta && call < 4 * RUNGE_KUTTA_STEPS;
            Tensor sample =
                    rungeKutta ? rungeKutta(modelOutput, call, before, x) : multistep(modelOutput, call, before, x);
            double a = pndm.schedule.alphaCumprod(timesteps.at(call));
            return new Step(sample, pndm.schedule.prediction().clean(modelOutput, x, Math.sqrt(a), Math.sqrt(1 - a)));
        }

        private Tensor rungeKutta(Tensor output, int call, int before, Tensor x) {
            int stage = call % 4;
            if (before < stage) {
                throw new IllegalArgumentException(
                        "a run cannot begin within a Runge-Kutta step, at call " + call + "; begin at a multiple of 4");
            }
            int from = timesteps.at(call - stage);
            int to = timesteps.at(call) - (stage % 2 == 0 ? stride / 2 : 0);
            Tensor slope = output;
            switch (stage) {
                case 0 -> {
                    outputs.add(output);
                    origin.add(x);
                    weighted.add(output.over(6));
                }
                case 1, 2 -> weighted.add(weighted.get(0).plus(output.over(3)));
                default -> slope = weighted.get(0).plus(output.over(6));
            }
            return transfer(origin.get(0), from, to, slope);
        }

        private Tensor multistep(Tensor output, int call, int before, Tensor x) {
            int from = timesteps.at(call);
            if (before == 1) { // the first step once more, now with the mean of the slopes at both its ends
                Tensor mean = outputs.get(0).plus(output).over(2);
                return transfer(origin.get(0), from + stride, from, mean);
            }
            outputs.add(output);
            if (before == 0) {
                origin.add(x);
            }
            return transfer(x, from, from - stride, extrapolated());
        }

        /** The Adams-Bashforth combination of up to four slopes (Liu et al. 2022, equation 12). */
        private Tensor extrapolated() {
            List<Double> weights = switch (outputs.size()) {
                case 1 -> List.of(1.0);
                case 2 -> List.of(3 / 2.0, -1 / 2.0);
                case 3 -> List.of(23 / 12.0, -16 / 12.0, 5 / 12.0);
                default -> List.of(55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0);
            };
            Tensor sum = outputs.get(0).times(weights.get(0));
            for (int i = 1; i < weights.size(); i++) {
                sum = sum.plus(outputs.get(i).times(weights.get(i)));
            }
            return sum;
        }

        /** The transfer part of the method (Liu et al. 2022, equation 11). */
        private Tensor transfer(Tensor x, int from, int to, Tensor slope) {
            NoiseSchedule schedule = pndm.schedule;
            double a = schedule.alphaCumprod(Math.min(from, schedule.timesteps() - 1));
            double aTo = to >= 0 ? schedule.alphaCumprod(to) : pndm.endsClean ? 1 : schedule.alphaCumprod(0);
            Tensor noise = schedule.prediction().noise(slope, x, Math.sqrt(a), Math.sqrt(1 - a));
            double denominator = a * Math.sqrt(1 - aTo) + Math.sqrt(a * (1 - a) * aTo);
            return x.times(Math.sqrt(aTo / a)).minus(noise.times((aTo - a) / denominator));
        }

        @Override
        public void close() {
            outputs.close();
            origin.close();
            weighted.close();
        }
    }
}
