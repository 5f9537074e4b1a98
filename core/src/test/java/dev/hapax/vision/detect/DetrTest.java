package dev.hapax.vision.detect;

import static dev.hapax.vision.detect.TinyDetr.pictures;
import static dev.hapax.vision.detect.TinyDetr.small;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.PictureBatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetrTest {
    @Test
    void whatFillsAFrameChangesNothing() {
        try (Scope scope = Scope.open()) {
            Detr detr = Detr.of(small(Map.of()), Weights.of(new Initializer(1)));
            // 16 x 16 pixels alone and in a frame of 16 x 32: the features end at the edge, where zeros follow anyway
            Tensor picture = new Rng(2).normal(Purpose.NOISE, 0, 0, 1, 3, 16, 16);
            Tensor zeros = Tensor.zeros(DType.FLOAT32, 1, 3, 16, 16);
            Tensor mask = Tensor.ones(DType.FLOAT32, 1, 16, 16);
            PictureBatch framed = new PictureBatch(
                    Tensor.cat(List.of(picture, zeros), 3), Tensor.cat(List.of(mask, mask.zerosLike()), 2));
            DetrStates alone = detr.states(PictureBatch.whole(picture));
            DetrStates inFrame = detr.states(framed);
            assertArrayEquals(
                    new float[] {1, 1, 0, 0, 1, 1, 0, 0}, inFrame.mask().toFloats());
            // the projected cells are made the same, so that only mask and positions are looked at
            float[] looks = detr.looks(inFrame).sum(false, 0, 1, 2).toFloats(); // (cells)
            for (int cell : new int[] {2, 3, 6, 7}) {
                assertEquals(0, looks[cell]);
            }
            assertArrayEquals(
                    alone.positions().toFloats(),
                    inFrame.positions().narrow(3, 0, 2).toFloats(),
                    1e-6f);
        }
    }

    @Test
    void theLossOfAllLayersReachesEveryParameter() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            Detr detr = Detr.of(small(Map.of("auxiliary_loss", true)), weights);
            weights.used().values().forEach(weight -> weight.requiresGrad(true));
            DetrStates states = detr.states(pictures());
            assertEquals(1, detr.auxiliary(states).size());
            GroundTruth truth = new GroundTruth(List.of(1), List.of(new Box(0.1, 0.2, 0.6, 0.9)));
            Tensor loss = DetrLoss.DEFAULT.of(detr, states, List.of(truth));
            double last = DetrLoss.DEFAULT
                    .of(detr.output(states.last()), List.of(truth))
                    .item();
            double earlier = DetrLoss.DEFAULT
                    .of(detr.auxiliary(states).get(0), List.of(truth))
                    .item();
            assertEquals(last + earlier, loss.item(), 1e-5);
            List<String> names = List.copyOf(weights.used().keySet());
            List<Tensor> gradients =
                    Gradients.of(loss, List.copyOf(weights.used().values()));
            for (int i = 0; i < names.size(); i++) {
                // a bias of keys moves all scores of a query alike; the first layer's queries are zero, so it does not
                // matter who looks at whom
                boolean idle = names.get(i).endsWith("k_proj.bias")
                        || names.get(i).startsWith("model.decoder.layers.0.self_attn");
                double size = gradients.get(i).abs().sum().item();
                assertTrue(idle || size > 0, names.get(i) + " has a gradient of size " + size);
            }
        }
    }

    @Test
    void auxiliaryLossPutsANormBetweenTheLayersOfTheDecoder() {
        try (Scope scope = Scope.open()) {
            Weights.Source random = new Weights.Source() {
                @Override
                public boolean has(String name) {
                    return true;
                }

                @Override
                public Tensor get(String name, long... shape) {
                    Tensor normal = new Rng(name.hashCode()).normal(Purpose.NOISE, 0, 0, shape);
                    return name.endsWith("running_var") ? normal.abs() : normal;
                }

                @Override
                public Set<String> names() {
                    return Set.of();
                }
            };
            Detr one = Detr.of(small(Map.of("decoder_layers", 1)), Weights.of(random));
            Detr two = Detr.of(small(Map.of()), Weights.of(random));
            Detr withLoss = Detr.of(small(Map.of("auxiliary_loss", true)), Weights.of(random));
            float[] normalised = one.states(pictures()).last().toFloats();
            assertArrayEquals(
                    normalised, withLoss.states(pictures()).decoded().get(1).toFloats(), 1e-5f);
            float[] plain = two.states(pictures()).decoded().get(1).toFloats();
            assertTrue(Math.abs(plain[0] - normalised[0]) > 0.01);
            assertEquals(List.of(), two.auxiliary(two.states(pictures())));
        }
    }

    @Test
    void untrainedBatchNormalisationChangesNothing() {
        try (Scope scope = Scope.open()) {
            Tensor x = pictures().pixels();
            FrozenBatchNorm norm =
                    FrozenBatchNorm.of(Weights.of(new Initializer(1)).at("bn"), 3);
            assertArrayEquals(x.toFloats(), norm.apply(x).toFloats(), 1e-4f);
        }
    }

    @Test
    void onlyWhatExceedsTheThresholdIsFound() {
        try (Scope scope = Scope.open()) {
            float even = (float) Math.log(0.5);
            float[] logits = {even, (float) Math.log(0.3), (float) Math.log(0.2), 0, 0, 5};
            float[] boxes = {0.5f, 0.25f, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1};
            DetrOutput output = new DetrOutput(Tensor.of(logits, 1, 2, 3), Tensor.of(boxes, 1, 2, 4));
            List<Detection> found = output.detections(0, 0.4, List.of("cat", "dog"));
            assertEquals(1, found.size());
            assertEquals("cat", found.get(0).label());
            assertEquals(0.5, found.get(0).score(), 1e-6);
            assertEquals(new Box(0.25, 0, 0.75, 0.5), found.get(0).box());
            assertEquals(List.of(), output.detections(0, 0.6, List.of("cat", "dog")));
        }
    }
}
