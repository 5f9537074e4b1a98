package dev.hapax.learning;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, Algorithm 2), the order of operations of PyTorch.
 *
 * <p>The moments live as long as the optimiser; {@link #close()} frees them. Parameters are moved in place.
 */
public final class AdamW implements AutoCloseable {

    /**
     * Hyper-parameters.
     *
     * @param beta1 decay of the mean of gradients, in [0, 1)
     * @param beta2 decay of the mean of squared gradients, in [0, 1)
     * @param epsilon added to the root of the second moment
     * @param weightDecay per unit of learning rate
     * @param lazyRows whether a row without a gradient stays as it is, with its moments and its own count of steps. Else
     *     momentum and decay carry it on, which drags words along that a step did not read
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay, boolean lazyRows) {
        /** PyTorch's defaults: 0.9, 0.999, 1e-8, 0.01. */
        public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, 0.01);

        /** Checks the ranges. */
        public Settings {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
                throw new IllegalArgumentException("betas must be in [0, 1), epsilon > 0, weight decay >= 0; got beta1 "
                        + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ", weight decay " + weightDecay);
            }
        }

        /** All rows move in every step, as in PyTorch. */
        public Settings(double beta1, double beta2, double epsilon, double weightDecay) {
            this(beta1, beta2, epsilon, weightDecay, false);
        }

        /** The same with another weight decay. */
        public Settings withWeightDecay(double decay) {
            return new Settings(beta1, beta2, epsilon, decay, lazyRows);
        }

        /** The same, leaving rows without a gradient as they are. */
        public Settings withLazyRows() {
            return new Settings(beta1, beta2, epsilon, weightDecay, true);
        }
    }

    private final List<Tensor> parameters;
    private final Settings settings;
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> squares = new ArrayList<>();
    private final List<Tensor> counts = new ArrayList<>(); // (rows, 1): steps of each row, where rows are lazy
    private long steps;

    /** An optimiser that moves these parameters. */
    public AdamW(List<Tensor> parameters, Settings settings) {
        this.parameters = List.copyOf(parameters);
        this.settings = settings;
        try (Scope scope = Scope.open()) {
            for (Tensor parameter : this.parameters) {
                means.add(parameter.detach().zerosLike().keep());
                squares.add(parameter.detach().zerosLike().keep());
                if (settings.lazyRows()) {
                    counts.add(parameter
                            .detach()
                            .narrow(1, 0, 1)
                            .zerosLike()
                            .copy()
                            .keep());
                }
            }
        }
    }

    /** One step against {@code gradients}, one for each parameter, with learning rate {@code rate}. */
    public void step(List<Tensor> gradients, double rate) {
        if (gradients.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    gradients.size() + " gradients for " + parameters.size() + " parameters");
        }
        Step step = begin(rate);
        for (int i = 0; i < parameters.size(); i++) {
            step.move(i, gradients.get(i));
        }
    }

    /** Begins a step with this learning rate; each parameter has to be moved once, on any thread. */
    public Step begin(double rate) {
        steps++;
        if (settings.lazyRows) {
            return (i, gradient) -> moveLazily(i, gradient, rate);
        }
        double bias1 = 1 - Math.pow(settings.beta1, steps);
        double rootBias2 = Math.sqrt(1 - Math.pow(settings.beta2, steps));
        return (i, gradient) -> {
            try (Gradients.Region off = Gradients.off();
                    Scope scope = Scope.open()) {
                Tensor mean = means.get(i).timesInPlace(settings.beta1).addInPlace(gradient, 1 - settings.beta1);
                Tensor square = squares.get(i)
                        .timesInPlace(settings.beta2)
                        .addProductInPlace(gradient, gradient, 1 - settings.beta2);
                Tensor denominator = square.sqrt().over(rootBias2).plus(settings.epsilon);
                parameters
                        .get(i)
                        .timesInPlace(1 - rate * settings.weightDecay)
                        .addQuotientInPlace(mean, denominator, -rate / bias1);
            }
        };
    }

    private void moveLazily(int i, Tensor gradient, double rate) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor moved = gradient.abs().sum(true, 1).greater(0).to(gradient.dtype()); // (rows, 1): 1 or 0
            Tensor still = moved.negative().plus(1);
            Tensor count = counts.get(i).addInPlace(moved, 1);
            Tensor mean = means.get(i);
            Tensor square = squares.get(i);
            Tensor decay = moved.times(-rate * settings.weightDecay).plus(1);
            mean.assign(mean.times(still.plus(moved.times(settings.beta1)))
                    .plus(gradient.times(moved).times(1 - settings.beta1)));
            square.assign(square.times(still.plus(moved.times(settings.beta2)))
                    .plus(gradient.square().times(moved).times(1 - settings.beta2)));
            Tensor steps1 = count.plus(still); // a row that has never moved divides by its first step's bias
            Tensor bias1 =
                    steps1.times(Math.log(settings.beta1)).exp().negative().plus(1);
            Tensor bias2 =
                    steps1.times(Math.log(settings.beta2)).exp().negative().plus(1);
            Tensor step = mean.over(bias1)
                    .over(square.over(bias2).sqrt().plus(settings.epsilon))
                    .times(moved)
                    .times(rate);
            Tensor parameter = parameters.get(i);
            parameter.assign(parameter.times(decay).minus(step));
        }
    }

    /** One step under way. */
    public interface Step {
        /** Moves the parameter of this index against its gradient. */
        void move(int index, Tensor gradient);
    }

    /** Steps taken so far. */
    public long steps() {
        return steps;
    }

    /** The moments by name, to be saved; views of the live ones. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            state.put("mean." + i, means.get(i));
            state.put("square." + i, squares.get(i));
            if (settings.lazyRows) {
                state.put("count." + i, counts.get(i));
            }
        }
        return state;
    }

    /** Goes on from saved moments and a step count. */
    public void restore(Map<String, Tensor> state, long stepsTaken) {
        for (Map.Entry<String, Tensor> live : state().entrySet()) {
            Tensor saved = state.get(live.getKey());
            if (saved == null) {
                throw new IllegalArgumentException("optimiser state lacks " + live.getKey());
            }
            live.getValue().assign(saved);
        }
        steps = stepsTaken;
    }

    @Override
    public void close() {
        means.forEach(Tensor::close);
        squares.forEach(Tensor::close);
        counts.forEach(Tensor::close);
    }
}
