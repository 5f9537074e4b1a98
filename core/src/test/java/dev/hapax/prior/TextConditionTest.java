package dev.hapax.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextConditionTest {

    @Test
    void paddingOfEachPromptIsMasked() {
        try (Scope scope = Scope.open()) {
            TextCondition condition = TextCondition.of(encoding(true), List.of(prompt(3), prompt(4)));
            Tensor mask = Objects.requireNonNull(condition.mask());
            assertArrayEquals(new float[] {1, 1, 1, 0, 1, 1, 1, 1}, mask.toFloats());
            assertArrayEquals(new long[] {2, 4}, mask.shape());
        }
    }

    @Test
    void anEncoderWithoutProjectionIsRefused() {
        try (Scope scope = Scope.open()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TextCondition.of(encoding(false), List.of(prompt(3), prompt(4))));
        }
    }

    @Test
    void batchesJoinInOrderAndOnlyLikeOnes() {
        try (Scope scope = Scope.open()) {
            TextCondition a = new TextCondition(Tensor.of(new float[] {1, 2, 3}, 1, 3), null, null);
            TextCondition b = new TextCondition(Tensor.of(new float[] {4, 5, 6}, 1, 3), null, null);
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, a.and(b).pooled().toFloats());
            assertNull(a.and(b).states());
            TextCondition full = TextCondition.of(encoding(true), List.of(prompt(3), prompt(4)));
            assertThrows(IllegalArgumentException.class, () -> a.and(full));
            assertEquals(4, full.and(full).pooled().size(0));
        }
    }

    private static TextEncoding encoding(boolean projected) {
        Tensor last = Tensor.zeros(DType.FLOAT32, 2, 4, 3);
        Tensor pooled = last.select(1, 0); // (2, 3)
        return new TextEncoding(List.of(last), last, pooled, projected ? Optional.of(pooled) : Optional.empty());
    }

    private static TokenIds prompt(int length) {
        return new TokenIds("", new long[4], length, Collections.nCopies(length, new TokenIds.Span(0, 0)), 0, 9);
    }
}
