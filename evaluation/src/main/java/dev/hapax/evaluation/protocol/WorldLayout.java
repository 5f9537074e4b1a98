package dev.hapax.evaluation.protocol;

import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.vision.detect.Box;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mean of the true boxes of Picturebook's things, each kind for itself, standing left and standing right of another
 * thing. Nouns that are no kinds get the places of {@link SideBySide}.
 */
public final class WorldLayout implements Layout {
    private static final int SCENES = 16; // the mean moves by less than a cell of attention beyond; our choice
    private static final int SIZE = 64; // pixels: a hundredth of the side is fine enough
    private static final long FIRST_SCENE = 61_000_000; // none that the protocols learn from
    private static final Choices CHOICES = Choices.all().withStyles(Set.of(Style.PICTURE));

    private final Map<Kind, Box> left = new EnumMap<>(Kind.class);
    private final Map<Kind, Box> right = new EnumMap<>(Kind.class);
    private final Layout others = new SideBySide();

    @Override
    public String name() {
        return "mean true boxes of each kind, side by side";
    }

    @Override
    public synchronized List<Box> boxes(String first, String second) {
        List<Box> plain = others.boxes(first, second);
        return List.of(
                kind(first)
                        .map(kind -> left.computeIfAbsent(kind, k -> mean(k, Relation.LEFT_OF)))
                        .orElse(plain.get(0)),
                kind(second)
                        .map(kind -> right.computeIfAbsent(kind, k -> mean(k, Relation.RIGHT_OF)))
                        .orElse(plain.get(1)));
    }

    private static Optional<Kind> kind(String noun) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(noun))
                .findFirst();
    }

    private static Box mean(Kind kind, Relation relation) {
        Choices choices =
                CHOICES.withKinds(EnumSet.of(kind), EnumSet.allOf(Kind.class)).withRelations(Set.of(relation));
        double[] sums = new double[4];
        for (long scene = FIRST_SCENE; scene < FIRST_SCENE + SCENES; scene++) {
            Rendering drawn = new Renderer().render(new SceneSampler().sample(scene, choices), SIZE);
            var box = drawn.boxes().get(0);
            double[] edges = {box.x0(), box.y0(), box.x1(), box.y1()};
            for (int i = 0; i < edges.length; i++) {
                sums[i] += edges[i] / SCENES;
            }
        }
        return new Box(sums[0], sums[1], sums[2], sums[3]);
    }
}
