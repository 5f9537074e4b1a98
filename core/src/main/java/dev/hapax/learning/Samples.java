package dev.hapax.learning;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.PromptField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The samples of one step, on their way into tensors; what is said of each in {@link DenoisingPass}. */
final class Samples {
    final List<Integer> pictures = new ArrayList<>();
    final List<Boolean> flipped = new ArrayList<>();
    final List<Long> timesteps = new ArrayList<>();
    final List<PromptField> fields = new ArrayList<>();
    final List<Tensor> clean = new ArrayList<>();
    final List<Optional<Tensor>> masks = new ArrayList<>();

    /** (b, 1, h, w); empty if every picture has content everywhere. */
    Optional<Tensor> mask() {
        if (masks.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        Tensor like = clean.get(0);
        Tensor everywhere = Tensor.ones(DType.FLOAT32, 1, 1, like.size(2), like.size(3));
        return Optional.of(
                Tensor.cat(masks.stream().map(mask -> mask.orElse(everywhere)).toList(), 0));
    }
}
