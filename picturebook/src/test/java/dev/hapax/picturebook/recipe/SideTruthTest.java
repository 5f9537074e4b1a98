package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SideTruthTest {
    private static final int KINDS = Kind.values().length + 1;
    private static final int COLORS = ColorName.values().length + 1;
    private static final float SURE = 40;

    private static Scene pair(Relation relation) {
        return LongStream.range(0, 1000)
                .mapToObj(seed -> new SceneSampler().sample(seed))
                .filter(scene -> scene.relation() == relation)
                .findFirst()
                .orElseThrow();
    }

    /** Answers of one scene that are sure of two things, on these sides (left, right, top, bottom), and of no others. */
    private static float[] sure(int firstSide, Thing first, int secondSide, Thing second) {
        float[] logits = new float[SideTruth.WIDTH];
        for (int side = 0; side < 4; side++) {
            int at = side * (KINDS + COLORS);
            Thing thing = side == firstSide ? first : side == secondSide ? second : null;
            logits[at + (thing == null ? KINDS - 1 : thing.kind().ordinal())] = SURE;
            logits[
                    at
                            + KINDS
                            + (thing == null ? COLORS - 1 : thing.look().color().ordinal())] = SURE;
        }
        return logits;
    }

    private static double loss(Scene scene, float[] answer) {
        return loss(List.of(scene), Tensor.of(answer, 1, 1, SideTruth.WIDTH), Tensor.ones(DType.FLOAT32, 1, 1));
    }

    private static double loss(List<Scene> scenes, Tensor answers, Tensor heard) {
        return new SideTruth(scenes).loss(answers, heard).item();
    }

    @Test
    void theFirstThingIsWhereTheRelationPutsIt() {
        try (Scope scope = Scope.open()) {
            List<Relation> relations = List.of(Relation.LEFT_OF, Relation.RIGHT_OF, Relation.ABOVE, Relation.BELOW);
            List<Integer> sides = List.of(0, 1, 2, 3);
            List<Integer> opposite = List.of(1, 0, 3, 2);
            for (int i = 0; i < 4; i++) {
                Scene scene = pair(relations.get(i));
                Thing first = scene.things().get(0);
                Thing second = scene.things().get(1);
                int side = sides.get(i);
                int other = opposite.get(i);
                assertEquals(0, loss(scene, sure(side, first, other, second)), 1e-6, scene.relation() + " as it is");
                assertTrue(loss(scene, sure(other, first, side, second)) > 10, scene.relation() + " turned round");
            }
        }
    }

    @Test
    void whatNoCaptionTellsDoesNotCount() {
        try (Scope scope = Scope.open()) {
            Scene beside = pair(Relation.BESIDE);
            Scene left = pair(Relation.LEFT_OF);
            Thing first = left.things().get(0);
            Thing second = left.things().get(1);
            float[] right = sure(0, first, 1, second);
            float[] wrong = sure(1, first, 0, second);
            float[] both = Arrays.copyOf(right, 2 * SideTruth.WIDTH);
            System.arraycopy(wrong, 0, both, SideTruth.WIDTH, SideTruth.WIDTH);
            assertEquals(0, loss(pair(Relation.ALONE), wrong), 1e-9, "of one thing");
            assertEquals(
                    loss(left, wrong),
                    loss(
                            List.of(left, beside),
                            Tensor.of(wrong, 1, 1, SideTruth.WIDTH).expand(2, 1, SideTruth.WIDTH),
                            Tensor.ones(DType.FLOAT32, 2, 1)),
                    1e-4,
                    "beside a scene that does not count");
            assertEquals(
                    0,
                    loss(List.of(left), Tensor.of(both, 1, 2, SideTruth.WIDTH), Tensor.of(new float[] {1, 0}, 1, 2)),
                    1e-6,
                    "of the state that is heard");
        }
    }
}
