package dev.hapax.app.demo;

import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Style;
import dev.hapax.run.MethodName;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every sentence of the demo, in one place; the numbers are in {@link Effort}. */
final class DemoPlan {
    static final String A = "<a>";
    static final String B = "<b>";

    /** Of the picture's scene; far from the seeds that the embedded model was trained on, which count from 0. */
    static final long SCENE = 70_000_015;

    static final String ALONE = "a picture of {}";
    static final String ON_A_BEACH = "a picture of {} on a beach";

    private DemoPlan() {}

    /** What may occur in the picture: two things that are easy to tell apart, drawn as a plain picture. */
    static Choices choices() {
        return Choices.all()
                .pairs()
                .withKinds(
                        EnumSet.of(Kind.CAT, Kind.DOG, Kind.RABBIT, Kind.BIRD),
                        EnumSet.of(Kind.TEAPOT, Kind.MUG, Kind.CAR, Kind.BALL, Kind.KITE, Kind.HOUSE))
                .withColors(EnumSet.complementOf(EnumSet.of(ColorName.WHITE, ColorName.GRAY)))
                .withPatterns(EnumSet.allOf(Pattern.class))
                .withRelations(Set.of(Relation.LEFT_OF, Relation.RIGHT_OF))
                .withBackgrounds(Set.of(Background.GRASS))
                .withStyles(Set.of(Style.PICTURE));
    }

    /** A group of images under one heading. */
    record Group(String heading, List<String> prompts) {}

    /** What is painted with the words. */
    static List<Group> paintings() {
        return List.of(
                new Group(
                        "Together",
                        List.of(
                                "a picture of <a> left of <b> on grass",
                                "a picture of <a> right of <b> in a room",
                                "a picture of <b> above <a> on a plain background")),
                new Group(
                        "Apart",
                        List.of(
                                "a picture of <a> on a plain background",
                                "a picture of <b> on a plain background",
                                "a picture of <a> beside a red chair in a room")),
                new Group(
                        "In other places",
                        List.of(
                                "a picture of <a> on a beach",
                                "a picture of <b> at night",
                                "a picture of <b> on a beach")),
                new Group(
                        "In other hands",
                        List.of(
                                "a sketch of <a> on grass",
                                "a mosaic of <b> on grass",
                                "a watercolor of <a> beside <b>")));
    }

    /** The method of the plain demo: all of it. */
    static DemoRow whole(Map<String, String> adjectives) {
        return new DemoRow(
                "one + PromptCL + AttnMask + Bind adj.", MethodName.MCPL, McplSettings.FULL.withAdjectives(adjectives));
    }

    /** The rows of the ablation, in the order of the paper, the whole method last. */
    static List<DemoRow> ablation(Map<String, String> adjectives) {
        return List.of(
                new DemoRow("all", MethodName.MCPL_ALL, McplSettings.PLAIN),
                new DemoRow("one", MethodName.MCPL_ONE, McplSettings.PLAIN),
                new DemoRow("one + PromptCL", MethodName.MCPL_ONE, McplSettings.PROMPT_CL),
                new DemoRow("one + PromptCL + AttnMask", MethodName.MCPL, McplSettings.FULL),
                whole(adjectives));
    }
}
