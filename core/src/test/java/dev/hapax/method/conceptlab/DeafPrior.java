package dev.hapax.method.conceptlab;

import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Draws the same whatever it reads. */
final class DeafPrior implements ImagePrior {
    final List<TextCondition> conditions = new ArrayList<>();
    private final int width;

    DeafPrior(int width) {
        this.width = width;
    }

    @Override
    public String purpose() {
        return "none";
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Tensor draw(TextCondition text, Rng rng, long step) {
        conditions.add(text);
        Tensor none = text.pooled().sum().times(0); // keeps a graph, so that there is something to differentiate
        return new Rng(5)
                .normal(Purpose.EVALUATION, 0, 9, text.pooled().size(0), width)
                .plus(none);
    }
}
