package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
    private static final Rng RNG = new Rng(3);

    /** Whichever way it goes: written out, fused in fp32, fused in bf16. */
    @ParameterizedTest
    @CsvSource({"64, false", "64, true", "1100, false", "1100, true"})
    void sixteenBitsStayNearThirtyTwo(int tokens, boolean backward) {
        try (Scope scope = Scope.open()) {
            Tensor q = random(0, 1, 2, tokens, 16);
            Tensor k = random(1, 1, 2, tokens, 16);
            Tensor v = random(2, 1, 2, tokens, 16);
            Tensor mask = random(3, 1, 1, tokens, tokens);
            Tensor exact = Functional.attentionProbabilities(q, k, mask).matmul(v);
            Tensor near = Functional.attention(
                    q.to(DType.BFLOAT16).detach().requiresGrad(backward),
                    k.to(DType.BFLOAT16),
                    v.to(DType.BFLOAT16),
                    mask);
            assertEquals(DType.BFLOAT16, near.dtype());
            double error = near.to(DType.FLOAT32)
                    .minus(exact)
                    .square()
                    .mean()
                    .over(exact.square().mean())
                    .item();
            assertEquals(0, Math.sqrt(error), 0.02);
        }
    }

    private static Tensor random(int number, long... shape) {
        return RNG.normal(Purpose.EVALUATION, 0, number, shape);
    }
}
