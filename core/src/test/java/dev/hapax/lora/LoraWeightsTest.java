package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoraWeightsTest {
    private static final String NAME = "attn2.to_k.weight";

    @Test
    void changesAddUpAndTheBaseStaysAsItIs() {
        try (Scope scope = Scope.open()) {
            Tensor base = random(1, 5, 3);
            byte[] before = base.toBytes();
            LoraFactors one = new LoraFactors(random(2, 2, 3), random(3, 5, 2), 1, false);
            LoraFactors two = LoraFactors.of(random(4, 1, 3), random(5, 5, 1));
            try (LoraWeights weights = weights(base, change(one, 0.7), change(two, -0.4))) {
                Tensor sum = weights.get(NAME, 5, 3);
                Tensor expected = base.to(DType.FLOAT64)
                        .plus(product(one).times(0.7 * 0.5))
                        .plus(product(two).times(-0.4));
                assertEquals(0, largest(expected.minus(sum)), 1e-6);
                assertSame(sum, weights.get(NAME, 5, 3));
                assertEquals(DType.FLOAT32, sum.dtype());
            }
            assertArrayEquals(before, base.toBytes());
        }
    }

    @Test
    void whatNoLoraNamesIsTheBaseItself() {
        try (Scope scope = Scope.open()) {
            Tensor base = random(1, 5, 3);
            LoraChange other =
                    new LoraChange("other", Map.of("conv.weight", LoraFactors.of(random(2, 2, 3), random(3, 5, 2))), 1);
            try (LoraWeights weights = weights(base, other)) {
                assertSame(base, weights.get(NAME, 5, 3));
                assertEquals(Set.of(NAME), weights.names());
                assertTrue(weights.has(NAME));
                String message =
                        String.valueOf(assertThrows(CheckpointException.class, () -> weights.effect("unet", other))
                                .getMessage());
                assertEquals(
                        "other changes 1 weights that this model's unet does not read, the first is conv.weight",
                        message);
            }
        }
    }

    /** Two changes, each less than half a step of bf16, together make one step. */
    @Test
    void sixteenBitWeightsAreRoundedOnce() {
        try (Scope scope = Scope.open()) {
            Tensor base = Tensor.ones(DType.BFLOAT16, 1, 1);
            LoraFactors third =
                    LoraFactors.of(Tensor.of(new float[] {0x1p-7f}, 1, 1), Tensor.of(new float[] {0.4f}, 1, 1));
            try (LoraWeights weights = weights(base, change(third, 1), change(third, 1))) {
                Tensor sum = weights.get(NAME, 1, 1);
                assertEquals(DType.BFLOAT16, sum.dtype());
                assertEquals(1 + 0x1p-7, sum.item());
            }
        }
    }

    @Test
    void gradientsReachTheFactors() {
        try (Scope scope = Scope.open()) {
            Tensor base = random(1, 4, 3).to(DType.FLOAT64);
            Tensor down = random(2, 2, 3).to(DType.FLOAT64);
            Tensor up = random(3, 4, 2).to(DType.FLOAT64);
            Tensor cotangent = random(4, 4, 3).to(DType.FLOAT64);
            down.requiresGrad(true);
            up.requiresGrad(true);
            List<Tensor> gradients;
            try (LoraWeights weights = weights(base, change(new LoraFactors(down, up, 3, false), 0.5))) {
                gradients = Gradients.of(weights.get(NAME, 4, 3), cotangent, List.of(down, up), false);
            }
            double factor = 0.5 * 3 / 2; // d/d down of factor * tr(c' up down) is factor * up' c
            Tensor ofDown = up.detach().transpose(0, 1).matmul(cotangent).times(factor);
            Tensor ofUp = cotangent.matmul(down.detach().transpose(0, 1)).times(factor);
            assertEquals(0, largest(ofDown.minus(gradients.get(0))), 1e-12);
            assertEquals(0, largest(ofUp.minus(gradients.get(1))), 1e-12);
        }
    }

    @Test
    void theEffectIsMeasured() {
        try (Scope scope = Scope.open()) {
            Tensor base = random(1, 5, 3);
            LoraFactors factors = new LoraFactors(random(2, 2, 3), random(3, 5, 2), 1, false);
            LoraChange change = change(factors, -0.7);
            try (LoraWeights weights = weights(base, change)) {
                Tensor difference = weights.get(NAME, 5, 3).to(DType.FLOAT64).minus(base.to(DType.FLOAT64));
                LoraReport.Effect effect = weights.effect("unet", change);
                assertEquals(1, effect.weights());
                assertEquals(norm(difference), effect.change(), 1e-6);
                assertEquals(norm(base.to(DType.FLOAT64)), effect.base(), 1e-12);
                assertEquals(effect.change() / effect.base(), effect.relative());
            }
        }
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        try (Scope scope = Scope.open()) {
            Tensor up = Tensor.of(new float[] {1, Float.NaN}, 2, 1);
            LoraChange change = change(LoraFactors.of(random(2, 1, 3), up), 1);
            try (LoraWeights weights = weights(random(1, 2, 3), change)) {
                weights.get(NAME, 2, 3);
                String message =
                        String.valueOf(assertThrows(CheckpointException.class, () -> weights.effect("unet", change))
                                .getMessage());
                assertEquals("ink: the factors of " + NAME + " hold values that are no numbers", message);
            }
        }
    }

    @Test
    void anotherShapeNamesBothAndTheFamily() {
        try (Scope scope = Scope.open()) {
            LoraFactors factors =
                    LoraFactors.of(Tensor.ones(DType.FLOAT32, 4, 1024), Tensor.ones(DType.FLOAT32, 320, 4));
            try (LoraWeights weights = weights(Tensor.zeros(DType.FLOAT32, 320, 768), change(factors, 1))) {
                String message =
                        String.valueOf(assertThrows(CheckpointException.class, () -> weights.get(NAME, 320, 768))
                                .getMessage());
                assertEquals(
                        "ink changes a attn2.to_k.weight of shape [320, 1024], this model's has [320, 768]; the file fits"
                                + " Stable Diffusion 2.x (text width 1024); use a LoRA that was trained for this model's"
                                + " family",
                        message);
            }
        }
    }

    private static LoraChange change(LoraFactors factors, double weight) {
        return new LoraChange("ink", Map.of(NAME, factors), weight);
    }

    private static LoraWeights weights(Tensor base, LoraChange... changes) {
        Map<String, Tensor> tensors = Map.of(NAME, base);
        Weights.Source source = new Weights.Source() {
            @Override
            public boolean has(String name) {
                return tensors.containsKey(name);
            }

            @Override
            public Tensor get(String name, long... shape) {
                return Objects.requireNonNull(tensors.get(name), name);
            }

            @Override
            public Set<String> names() {
                return tensors.keySet();
            }
        };
        return new LoraWeights(source, List.of(changes));
    }

    private static Tensor product(LoraFactors factors) {
        return factors.up().to(DType.FLOAT64).matmul(factors.down().to(DType.FLOAT64));
    }

    private static Tensor random(long sample, long... shape) {
        return new Rng(7).normal(Purpose.NOISE, 0, sample, shape);
    }

    private static double largest(Tensor tensor) {
        return tensor.abs().reshape(-1).max(false, 0).item();
    }

    private static double norm(Tensor tensor) {
        return Math.sqrt(tensor.square().sum().item());
    }
}
