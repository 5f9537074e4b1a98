package dev.hapax.evaluation.protocol;

import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.vision.detect.Box;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A picture of one thing in one color without a pattern, and the truth about it. Over twenty pictures every kind but those of
 * the prompts occurs once, and every style that is not a plain picture before every background.
 *
 * @param subject the picture
 * @param scene what it was drawn from
 * @param box of its thing
 */
record AttributeReference(Subject subject, Scene scene, Box box) {
    /** What the prompts are about, in turns; no picture shows them. */
    static final List<Kind> THINGS = List.of(Kind.TEAPOT, Kind.CAT);

    private static final long FIRST_SCENE = 80_000_000; // nothing was trained or developed on them
    private static final List<Kind> KINDS =
            Arrays.stream(Kind.values()).filter(kind -> !THINGS.contains(kind)).toList();
    private static final List<ColorName> COLORS = Arrays.stream(ColorName.values())
            .filter(color -> color != ColorName.GRAY && color != ColorName.WHITE)
            .toList();
    private static final List<Style> STYLES = Arrays.stream(Style.values())
            .filter(style -> style != Style.PICTURE)
            .toList();

    /** The most there are: after as many, styles and backgrounds would repeat. */
    static final int MOST = KINDS.size();

    /** The first so many, drawn at the size of the ground; at most {@link #MOST}. */
    static List<AttributeReference> of(Ground ground, int count) {
        return IntStream.range(0, Math.min(count, MOST))
                .mapToObj(i -> drawn(i, ground.size().width()))
                .toList();
    }

    private static AttributeReference drawn(int i, int size) {
        Kind kind = KINDS.get(i);
        int colors = COLORS.size();
        Choices choices = Choices.all()
                .singles()
                .withKinds(Set.of(kind), Set.of(kind))
                .withColors(Set.of(COLORS.get((3 * i + i / colors) % colors))) // each style meets five of them
                .withPatterns(Set.of(Pattern.PLAIN))
                .withBackgrounds(Set.of(Background.values()[i % Background.values().length]))
                .withStyles(Set.of(STYLES.get(i % STYLES.size())));
        Scene scene = new SceneSampler().sample(FIRST_SCENE + i, choices);
        Rendering drawn = new Renderer().render(scene, size);
        var box = drawn.boxes().get(0);
        return new AttributeReference(
                LearnedConcepts.drawn(
                        "scene " + (FIRST_SCENE + i), scene, drawn, AttributeRow.WORD, "a " + AttributeRow.WORD),
                scene,
                new Box(box.x0(), box.y0(), box.x1(), box.y1()));
    }

    /** What it shows, for people: {@code red mushroom, mosaic, on a beach}. */
    String text() {
        return Attribute.COLOR.truth(scene) + " " + Attribute.OBJECT.truth(scene) + ", " + Attribute.STYLE.truth(scene)
                + ", " + Attribute.LAYOUT.truth(scene);
    }
}
