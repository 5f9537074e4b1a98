package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Tensor;
import java.util.Set;

/** Fresh parameters, but for CLIP's temperature, which starts at 0.07 (Radford et al. 2021, section 2.5). */
record ClipInitializer(Initializer others) implements Weights.Source {
    private static final double LOGIT_SCALE = Math.log(1 / 0.07);

    ClipInitializer(long seed) {
        this(new Initializer(seed));
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public Tensor get(String name, long... shape) {
        return name.equals("logit_scale")
                ? Tensor.of(new double[] {LOGIT_SCALE}).to(dev.hapax.tensor.DType.FLOAT32)
                : others.get(name, shape);
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }
}
