package dev.hapax.diffusion;

import dev.hapax.attention.TextContext;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.AddedConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins conditions to one batch, each for several images in a row, and keeps the result, in the scope in which this
 * object was made, until the conditions change.
 */
final class ConditionBatch {
    private final int images;
    private final int layers;
    private final UnaryOperator<Tensor> keeper = Scope.keeper();
    private List<Condition> parts = List.of();
    private @Nullable Condition joined;

    /** A batch of {@code images} per condition, for a U-Net with so many cross-attention layers. */
    ConditionBatch(int images, int layers) {
        this.images = images;
        this.layers = layers;
    }

    /**
     * The conditions one after the other, each with all its images.
     *
     * @throws IllegalArgumentException if some have a pooled text or an image embedding and others do not
     */
    Condition of(List<Condition> conditions) {
        if (joined == null || !conditions.equals(parts)) {
            parts = List.copyOf(conditions);
            joined = new Condition(texts(), added());
        }
        return joined;
    }

    private TextContext texts() {
        List<Tensor> texts = new ArrayList<>();
        List<Tensor> before = List.of();
        for (int layer = 0; layer < layers; layer++) {
            int here = layer;
            List<Tensor> own = parts.stream().map(part -> part.text().at(here)).toList();
            texts.add(layer > 0 && own.equals(before) ? texts.get(layer - 1) : repeated(own));
            before = own;
        }
        return TextContext.perLayer(texts);
    }

    private AddedConditions added() {
        List<Tensor> pooled = new ArrayList<>();
        List<Tensor> numbers = new ArrayList<>();
        List<Tensor> embeddings = new ArrayList<>();
        for (Condition part : parts) {
            if (part.added() instanceof AddedConditions.TextTime textTime) {
                pooled.add(textTime.pooledText());
                numbers.add(textTime.timeIds());
            } else if (part.added() instanceof AddedConditions.ImageClass image) {
                embeddings.add(image.embedding());
            }
        }
        if (embeddings.size() == parts.size()) {
            return new AddedConditions.ImageClass(repeated(embeddings));
        }
        if (!embeddings.isEmpty()) {
            throw new IllegalArgumentException("either all conditions have an image embedding or none: "
                    + embeddings.size() + " of " + parts.size() + " have one");
        }
        if (pooled.isEmpty()) {
            return AddedConditions.NONE;
        }
        if (pooled.size() < parts.size()) {
            throw new IllegalArgumentException("either all conditions have a pooled text or none: " + pooled.size()
                    + " of " + parts.size() + " have one");
        }
        return new AddedConditions.TextTime(repeated(pooled), repeated(numbers));
    }

    private Tensor repeated(List<Tensor> each) {
        List<Tensor> all = new ArrayList<>();
        for (Tensor one : each) {
            for (int i = 0; i < images; i++) {
                all.add(one);
            }
        }
        return keeper.apply(Tensor.cat(all, 0));
    }
}
