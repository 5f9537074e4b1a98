package dev.hapax.evaluation.probe;

import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.check.Verdict;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.Thing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a caption of two things can tell, and contradict in one respect alone. */
public enum ProbedAttribute {
    /** The color of the first thing. */
    COLOR,
    /** The hand that the scene is drawn in. */
    STYLE,
    /** The kind of the first thing. */
    OBJECT,
    /** Which of the two things is where. */
    LAYOUT,
    /** Where the scene takes place. */
    BACKGROUND;

    /** The scene with this attribute contradicted; the other words of its caption stay. */
    Scene contradict(Scene scene, long seed) {
        Thing first = scene.things().get(0);
        return switch (this) {
            case COLOR -> {
                ColorName color = other(ColorName.values(), first.look().color(), seed);
                yield with(scene, thing(first.kind(), color, first.look().pattern(), seed));
            }
            case STYLE -> scene.in(other(Style.values(), scene.style(), seed));
            case OBJECT -> {
                Kind second = scene.things().get(1).kind();
                Kind kind = first.kind();
                for (long next = seed; kind == first.kind() || kind == second; next++) {
                    kind = other(Kind.values(), first.kind(), next);
                }
                yield with(scene, thing(kind, first.look().color(), first.look().pattern(), seed));
            }
            case LAYOUT ->
                new Scene(
                        scene.things(),
                        scene.relation().inverse(),
                        scene.background(),
                        scene.style(),
                        scene.jitterSeed());
            case BACKGROUND ->
                new Scene(
                        scene.things(),
                        scene.relation(),
                        other(Background.values(), scene.background(), seed),
                        scene.style(),
                        scene.jitterSeed());
        };
    }

    private static <T> T other(T[] all, T but, long seed) {
        List<T> others = Arrays.stream(all).filter(each -> !each.equals(but)).toList();
        return others.get((int) Math.floorMod(seed, others.size()));
    }

    private static Thing thing(Kind kind, ColorName color, Pattern pattern, long seed) {
        return new SceneSampler()
                .thing(
                        seed,
                        Choices.all()
                                .singles()
                                .withKinds(Set.of(kind), Set.of(kind))
                                .withColors(Set.of(color))
                                .withPatterns(Set.of(pattern)));
    }

    private static Scene with(Scene scene, Thing first) {
        return new Scene(
                List.of(first, scene.things().get(1)),
                scene.relation(),
                scene.background(),
                scene.style(),
                scene.jitterSeed());
    }

    /** Whether a picture is true to a scene in this attribute. */
    boolean shows(Scene scene, Reading reading) {
        Verdict verdict = Verdict.of(scene, reading);
        return switch (this) {
            case COLOR -> verdict.things().get(0).color();
            case STYLE -> verdict.style();
            case OBJECT -> verdict.things().get(0).present();
            case LAYOUT -> verdict.place();
            case BACKGROUND -> verdict.background();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
