package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final int N = 6;

    private static Tensor noise(long sample) {
        return new Rng(3).normal(Purpose.NOISE, 0, sample, N, N);
    }

    /** Two segments that share an input, a parameter of each, an input that also goes around, and three outputs. */
    private static List<Tensor> net(Segments segments, Tensor x, Tensor y, Tensor w, Tensor v) {
        List<Tensor> first = segments.run(List.of(x, y), List.of(w), in -> {
            Tensor h = in.get(0).matmul(w).tanh().times(in.get(1));
            return List.of(h, h.softmax(-1));
        });
        Tensor between = first.get(0).plus(x).square();
        Tensor second = segments.run(
                        List.of(between, y),
                        List.of(v),
                        in -> List.of(in.get(0).matmul(v).plus(in.get(1).exp())))
                .get(0);
        return List.of(second, first.get(1), first.get(0));
    }

    private static Tensor loss(List<Tensor> outputs) {
        return outputs.get(0).square().mean().plus(outputs.get(1).log().mean());
    }

    private static void assertSame(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.toFloats(), actual.toFloats(), 1e-6f);
    }

    @Test
    void valuesAndGradientsAreThoseOfWhatIsKept() {
        try (Scope scope = Scope.open()) {
            List<Tensor> leaves = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                leaves.add(noise(i).requiresGrad(true));
            }
            List<Tensor> kept = net(Segments.KEPT, leaves.get(0), leaves.get(1), leaves.get(2), leaves.get(3));
            List<Tensor> again = net(new Checkpoint(), leaves.get(0), leaves.get(1), leaves.get(2), leaves.get(3));
            for (int i = 0; i < kept.size(); i++) {
                assertArrayEquals(kept.get(i).toFloats(), again.get(i).toFloats());
            }
            List<Tensor> expected = Gradients.of(loss(kept), leaves);
            List<Tensor> found = Gradients.of(loss(again), leaves);
            for (int i = 0; i < leaves.size(); i++) {
                assertTrue(expected.get(i).abs().sum().item() > 0.1);
                assertSame(expected.get(i), found.get(i));
            }
        }
    }

    @Test
    void anyOutputMayBeDifferentiatedByAnyLeafAgainAndAgain() {
        try (Scope scope = Scope.open()) {
            Tensor x = noise(0).requiresGrad(true);
            Tensor y = noise(1);
            Tensor w = noise(2);
            Tensor v = noise(3).requiresGrad(true);
            List<Tensor> kept = net(Segments.KEPT, x, y, w, v);
            List<Tensor> again = net(new Checkpoint(), x, y, w, v);
            for (int i : new int[] {1, 0, 2, 0}) {
                Tensor cotangent = noise(9 + i);
                List<Tensor> expected = Gradients.of(kept.get(i), cotangent, List.of(x, v), true);
                assertSame(
                        expected.get(0),
                        Gradients.of(again.get(i), cotangent, List.of(x), true).get(0));
                assertSame(
                        expected.get(1),
                        Gradients.of(again.get(i), cotangent, List.of(v), true).get(0));
            }
        }
    }

    @Test
    void segmentsMayLieInSegments() {
        try (Scope scope = Scope.open()) {
            Tensor x = noise(0).requiresGrad(true);
            Tensor w = noise(1).requiresGrad(true);
            Tensor expected =
                    Gradients.of(x.matmul(w).tanh().matmul(w).sum(), List.of(w)).get(0);
            Checkpoint checkpoint = new Checkpoint();
            Tensor out = checkpoint
                    .run(
                            List.of(x),
                            List.of(w),
                            in -> List.of(checkpoint
                                    .run(
                                            in,
                                            List.of(w),
                                            inner -> List.of(
                                                    inner.get(0).matmul(w).tanh()))
                                    .get(0)
                                    .matmul(w)))
                    .get(0);
            assertSame(expected, Gradients.of(out.sum(), List.of(w)).get(0));
        }
    }

    @Test
    void aSegmentRunsASecondTimeOnlyForGradients() {
        int[] runs = {0};
        try (Scope scope = Scope.open()) {
            Tensor x = noise(0);
            Tensor w = noise(1).requiresGrad(true);
            Checkpoint checkpoint = new Checkpoint();
            Tensor plain = counted(checkpoint, x, noise(2), runs);
            assertFalse(plain.requiresGrad());
            try (Gradients.Region off = Gradients.off()) {
                assertFalse(counted(checkpoint, x, w, runs).requiresGrad());
            }
            assertEquals(2, runs[0]);
            Tensor loss = counted(checkpoint, x, w, runs).sum();
            assertEquals(3, runs[0]);
            Gradients.of(loss, List.of(w));
            assertEquals(4, runs[0]);
        }
    }

    private static Tensor counted(Segments segments, Tensor x, Tensor w, int[] runs) {
        return segments.run(List.of(x), List.of(w), in -> {
                    runs[0]++;
                    return List.of(in.get(0).matmul(w).exp());
                })
                .get(0);
    }

    @Test
    void infiniteSourcesDoNotSpoilOutputsThatDoNotNeedThem() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2}, 2).requiresGrad(true);
            Tensor w = Tensor.of(new float[] {Float.POSITIVE_INFINITY, 0}, 2).requiresGrad(true);
            Tensor out = new Checkpoint()
                    .run(List.of(x), List.of(w), in -> List.of(in.get(0).times(3)))
                    .get(0);
            assertArrayEquals(new float[] {3, 6}, out.toFloats());
            List<Tensor> gradients = Gradients.of(out.sum(), List.of(x, w));
            assertArrayEquals(new float[] {3, 3}, gradients.get(0).toFloats());
            assertArrayEquals(new float[] {0, 0}, gradients.get(1).toFloats());
        }
    }

    @Test
    void itNeedsAScope() {
        assertThrows(IllegalStateException.class, Checkpoint::new);
    }

    @Test
    void neitherStepsNorFailuresLeaveMemoryBehind() {
        Tensor w = Tensor.ones(DType.FLOAT32, 512, 512).requiresGrad(true); // a mebibyte
        long before = 0;
        for (int i = 0; i < 120; i++) {
            if (i == 20) {
                before = Pointer.physicalBytes();
            }
            step(w, i % 3);
        }
        long grown = Pointer.physicalBytes() - before;
        assertTrue(grown < 40L << 20, grown + " bytes more after 100 steps of several mebibytes");
        w.close();
    }

    /** One step that succeeds, fails in the first run, or fails in the second. */
    private static void step(Tensor w, int failing) {
        int[] runs = {0};
        try (Scope scope = Scope.open()) {
            Checkpoint checkpoint = new Checkpoint();
            Tensor x = w.detach().times(0.5);
            for (int i = 0; i < 2; i++) {
                x = checkpoint
                        .run(List.of(x), List.of(w), in -> {
                            Tensor h = in.get(0).plus(w).tanh();
                            if (++runs[0] == (failing == 1 ? 2 : failing == 2 ? 3 : 99)) {
                                throw new IllegalArgumentException("no further");
                            }
                            return List.of(h.times(w));
                        })
                        .get(0);
            }
            Tensor loss = x.mean();
            if (failing == 0) {
                Gradients.of(loss, List.of(w));
            } else {
                TensorException e = assertThrows(TensorException.class, () -> Gradients.of(loss, List.of(w)));
                assertTrue(String.valueOf(e.getMessage()).contains("no further"), e.getMessage());
            }
        } catch (IllegalArgumentException e) {
            assertEquals(1, failing);
        }
    }
}
