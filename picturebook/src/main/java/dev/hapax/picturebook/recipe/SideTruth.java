package dev.hapax.picturebook.recipe;

import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Which thing of a pair is on the left, on the right, at the top, at the bottom: the kind and the color on each of the four
 * sides, or nothing on the two sides of the axis along which the pair does not lie.
 */
final class SideTruth {
    private static final int SIDES = 4;
    private static final int KINDS = Kind.values().length + 1; // the last is "nothing"
    private static final int COLORS = ColorName.values().length + 1;

    /** Answers to give for one scene: logits of kinds and colors, side by side. */
    static final int WIDTH = SIDES * (KINDS + COLORS);

    private final List<Scene> scenes;

    SideTruth(List<Scene> scenes) {
        this.scenes = List.copyOf(scenes);
    }

    /**
     * Mean cross entropy of kind and color on the four sides; scenes of one thing, and of two of which the caption leaves
     * the sides open, do not count.
     *
     * @param answers (scenes, states, {@link #WIDTH})
     * @param heard which of the states answer, 1 or 0 each: (scenes, states)
     */
    Tensor loss(Tensor answers, Tensor heard) {
        int count = scenes.size();
        float[] told = new float[count];
        long[] kinds = new long[count * SIDES];
        long[] colors = new long[count * SIDES];
        Arrays.fill(kinds, KINDS - 1L);
        Arrays.fill(colors, COLORS - 1L);
        for (int i = 0; i < count; i++) {
            Scene scene = scenes.get(i);
            int first = side(scene.relation());
            if (first >= 0) {
                told[i] = 1;
                put(kinds, colors, i * SIDES + first, scene.things().get(0));
                put(
                        kinds,
                        colors,
                        i * SIDES + side(scene.relation().inverse()),
                        scene.things().get(1));
            }
        }
        long states = answers.size(1);
        Tensor logits = answers.to(DType.FLOAT32).reshape(count, states, SIDES, KINDS + COLORS);
        Tensor right = logits.narrow(3, 0, KINDS)
                .logSoftmax(3)
                .gather(3, each(kinds, states))
                .plus(logits.narrow(3, KINDS, COLORS).logSoftmax(3).gather(3, each(colors, states)));
        Tensor weight = heard.times(Tensor.of(told, count, 1)); // (scenes, states)
        return right.reshape(count, states, SIDES)
                .mean(false, 2)
                .times(weight)
                .sum()
                .over(weight.sum().clamp(1, Double.POSITIVE_INFINITY))
                .negative();
    }

    private Tensor each(long[] labels, long states) {
        return Tensor.of(labels, scenes.size(), 1, SIDES, 1).expand(scenes.size(), states, SIDES, 1);
    }

    private static void put(long[] kinds, long[] colors, int at, Thing thing) {
        kinds[at] = thing.kind().ordinal();
        colors[at] = thing.look().color().ordinal();
    }

    private static int side(Relation firstToSecond) {
        return switch (firstToSecond) {
            case LEFT_OF -> 0;
            case RIGHT_OF -> 1;
            case ABOVE -> 2;
            case BELOW -> 3;
            case ALONE, BESIDE -> -1;
        };
    }
}
