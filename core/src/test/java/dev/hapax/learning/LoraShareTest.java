package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoraShareTest {
    private static final String KEY = "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight";
    private static final String KERNEL = "unet.conv_out.weight";

    /** A matrix whose change has the singular values 4 and 3, and a kernel that changes by 12: 13 in all. */
    @Test
    void whatTheLoraLeavesOutIsCounted() {
        try (TinyTeaching tiny = new TinyTeaching();
                Scope scope = Scope.open()) {
            Map<String, Tensor> base = tiny.tunable().initial(Tuning.UNET, new Rng(1));
            Tensor key = Objects.requireNonNull(base.get(KEY));
            Tensor kernel = Objects.requireNonNull(base.get(KERNEL));
            float[] matrix = new float[(int) key.elements()];
            matrix[0] = 4;
            matrix[(int) key.size(1) + 1] = -3;
            float[] other = new float[(int) kernel.elements()];
            other[5] = 12;
            Map<String, Tensor> learned = Map.of(
                    KEY, key.plus(Tensor.of(matrix, key.shape())),
                    KERNEL, kernel.plus(Tensor.of(other, kernel.shape())));
            LoraShare one = LoraShare.of(tiny.tunable(), learned, LearnedLora.closest(tiny.tunable(), learned, 1));
            assertEquals(4, one.norm(), 1e-4);
            assertEquals(13, one.whole(), 1e-4);
            assertEquals(
                    "the exported LoRA holds 30.8 % of the norm of the change, in 1 of the 2 weights that moved",
                    one.toString());
            LoraShare two = LoraShare.of(tiny.tunable(), learned, LearnedLora.closest(tiny.tunable(), learned, 2));
            assertEquals(5.0 / 13, two.held(), 1e-5);
        }
    }
}
