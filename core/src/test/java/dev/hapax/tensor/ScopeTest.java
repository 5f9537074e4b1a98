package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static boolean isFreed(Tensor tensor) {
        return tensor.handle.isNull();
    }

    @Test
    void closingFreesWhatWasMadeInside() {
        Tensor made;
        try (Scope scope = Scope.open()) {
            made = Tensor.zeros(DType.FLOAT32, 3);
            assertFalse(isFreed(made));
        }
        assertTrue(isFreed(made));
    }

    @Test
    void aThrowHalfWayFreesAsWell() {
        Tensor[] made = new Tensor[1];
        assertThrows(IllegalStateException.class, () -> {
            try (Scope scope = Scope.open()) {
                made[0] = Tensor.zeros(DType.FLOAT32, 3);
                throw new IllegalStateException("half-way");
            }
        });
        assertTrue(isFreed(made[0]));
    }

    @Test
    void releasedTensorsBelongToTheScopeAround() {
        Tensor kept;
        Tensor inner;
        try (Scope outside = Scope.open()) {
            try (Scope scope = Scope.open()) {
                inner = Tensor.ones(DType.FLOAT32, 2);
                kept = scope.release(inner.plus(1));
            }
            assertTrue(isFreed(inner));
            assertArrayEquals(new float[] {2, 2}, kept.toFloats());
        }
        assertTrue(isFreed(kept));
    }

    @Test
    void withoutAScopeAroundTheHolderCloses() {
        Tensor kept = Scope.run(() -> Tensor.ones(DType.FLOAT32, 2).times(3));
        assertArrayEquals(new float[] {3, 3}, kept.toFloats());
        kept.close();
        assertTrue(isFreed(kept));
    }

    @Test
    void gradientsSurviveTheirComputation() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2, 3}, 3).requiresGrad(true);
            Tensor unused = Tensor.of(new float[] {1}, 1).requiresGrad(true);
            List<Tensor> gradients = Gradients.of(x.square().sum(), List.of(x, unused));
            assertArrayEquals(new float[] {2, 4, 6}, gradients.get(0).toFloats());
            assertArrayEquals(new float[] {0}, gradients.get(1).toFloats());
        }
    }

    @Test
    void nothingIsRecordedWhereGradientsAreOff() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1}, 1).requiresGrad(true);
            try (Gradients.Region off = Gradients.off()) {
                assertFalse(x.times(2).requiresGrad());
            }
            assertTrue(x.times(2).requiresGrad());
        }
    }

    @Test
    void refusedOperationsSayWhatAndWithWhichShapes() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.zeros(DType.FLOAT32, 2, 3);
            Tensor b = Tensor.zeros(DType.FLOAT32, 4, 5);
            TensorException e = assertThrows(TensorException.class, () -> a.matmul(b));
            assertEquals(1, e.getMessage().lines().count());
            assertTrue(e.getMessage().startsWith("matmul(FLOAT32[2, 3], FLOAT32[4, 5])"), e.getMessage());
        }
    }
}
