package dev.hapax.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.VoidTensorHook;
import org.jspecify.annotations.Nullable;

/**
 * One segment of a {@link Checkpoint}. libtorch has no operation with a backward pass of one's own, so the segment's
 * outputs are joined to its sources by a number that is always 0, the bridge: {@code output + bridge(sources)}. Hooks see
 * the gradients of the outputs, run the segment again when all have arrived at the bridge, and put the gradients that
 * come of it in the place of the bridge's own.
 */
final class Recomputation {
    private final Checkpoint checkpoint;
    private final UnaryOperator<List<Tensor>> segment;
    private final List<Tensor> leaves;
    private final List<Tensor> targets;
    private final List<@Nullable Tensor> cotangents = new ArrayList<>();
    private final @Nullable Tensor[] gradients;

    /**
     * A segment to be run again.
     *
     * @param leaves its inputs
     * @param targets those of its inputs and parameters that gradients flow into
     */
    Recomputation(
            Checkpoint checkpoint, UnaryOperator<List<Tensor>> segment, List<Tensor> leaves, List<Tensor> targets) {
        this.checkpoint = checkpoint;
        this.segment = segment;
        this.leaves = leaves;
        this.targets = targets;
        this.gradients = new Tensor[targets.size()];
    }

    /** The number 0 that depends on every source; there is one for each target. */
    Tensor bridge(List<Tensor> sources) {
        List<Tensor> sums = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Tensor source = sources.get(i);
            Tensor own = view(source);
            Delivery delivery = new Delivery(i);
            checkpoint.kept(delivery);
            own.handle.register_hook(delivery);
            sums.add(own.sum().reshape(1));
        }
        Tensor bridge = Tensor.cat(sums, 0).narrow(0, 0, 0).sum(); // of nothing, so 0 whatever the sources hold
        Arrival arrival = new Arrival();
        checkpoint.kept(arrival);
        bridge.handle.register_hook(arrival);
        return bridge;
    }

    /** The same tensor as a step of its own in the graph. */
    private static Tensor view(Tensor tensor) {
        return Tensor.call("checkpoint", () -> tensor.handle.view_as(tensor.handle), tensor);
    }

    /** An output of the first run, without its history there, joined to the bridge. */
    Tensor output(int index, Tensor first, Tensor bridge) {
        cotangents.add(null);
        if (!first.requiresGrad()) {
            return first;
        }
        Tensor joined = first.detach().plus(bridge);
        Cotangent cotangent = new Cotangent(index);
        checkpoint.kept(cotangent);
        joined.handle.register_hook(cotangent);
        return view(joined); // hooks of a tensor see gradients that go no further, those of the tensor before do not
    }

    private void recompute() {
        try (Scope scope = Scope.open();
                Gradients.Region on = Gradients.on()) {
            List<Tensor> again = Segments.KEPT.run(leaves, List.of(), segment); // and only what gradients need
            List<Tensor> outputs = new ArrayList<>();
            List<Tensor> arrived = new ArrayList<>();
            for (int i = 0; i < again.size(); i++) {
                Tensor cotangent = cotangents.get(i);
                if (cotangent != null) {
                    outputs.add(again.get(i));
                    arrived.add(cotangent);
                }
            }
            List<@Nullable Tensor> found = Gradients.where(outputs, arrived, targets, false);
            for (int i = 0; i < gradients.length; i++) {
                Tensor gradient = found.get(i);
                replace(i, gradient == null ? null : checkpoint.kept(gradient));
            }
        } finally {
            cotangents.replaceAll(cotangent -> {
                Checkpoint.free(cotangent);
                return null;
            });
        }
    }

    private void replace(int index, @Nullable Tensor gradient) {
        Checkpoint.free(gradients[index]);
        gradients[index] = gradient;
    }

    /** Takes the gradient of an output. */
    private final class Cotangent extends VoidTensorHook {
        private final int index;

        Cotangent(int index) {
            this.index = index;
        }

        @Override
        public void call(TensorBase gradient) {
            cotangents.set(index, checkpoint.kept(new Tensor(new org.bytedeco.pytorch.Tensor(gradient))));
            gradient.deallocate();
        }
    }

    /** Runs the segment again: the gradients of all outputs have been taken. */
    private final class Arrival extends VoidTensorHook {
        @Override
        public void call(TensorBase gradient) {
            gradient.deallocate();
            recompute();
        }
    }

    /** Gives a source its gradient. */
    private final class Delivery extends TensorTensorHook {
        private final int index;

        Delivery(int index) {
            this.index = index;
        }

        @Override
        public TensorBase call(TensorBase zero) {
            Tensor gradient = gradients[index];
            if (gradient == null) {
                return zero;
            }
            zero.deallocate();
            gradients[index] = null;
            checkpoint.delivered(gradient);
            return gradient.handle;
        }
    }
}
