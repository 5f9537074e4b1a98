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
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {
        /** PyTorch's defaults: 0.9, 0.999, 1e-8, 0.01. */
        public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, 0.01);

        /** Checks the ranges. */
        public Settings {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
                throw new IllegalArgumentException("betas must be in [0, 1), epsilon > 0, weight decay >= 0; got beta1 "
                        + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ", weight decay " + weightDecay);
            }
        }

        /** The same with another weight decay. */
        public Settings withWeightDecay(double decay) {
            return new Settings(beta1, beta2, epsilon, decay);
        }
    }

    private final List<Tensor> parameters;
    private final Settings settings;
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> squares = new ArrayList<>();
    private long steps;

    /** An optimiser that moves these parameters. */
    public AdamW(List<Tensor> parameters, Settings settings) {
        this.parameters = List.copyOf(parameters);
        this.settings = settings;
        try (Scope scope = Scope.open()) {
            for (Tensor parameter : this.parameters) {
                means.add(parameter.detach().zerosLike().keep());
                squares.add(parameter.detach().zerosLike().keep());
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
    }
}
