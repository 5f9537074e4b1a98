package dev.hapax.app.demo;

import dev.hapax.evaluation.protocol.McplProtocol;
import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.evaluation.protocol.Variant;
import java.util.List;

/** Every sentence of the demo, in one place; the numbers are in {@link Effort}. */
final class DemoPlan {
    static final String A = PairScene.WORDS.get(0);
    static final String B = PairScene.WORDS.get(1);

    /** Of the picture's scene; far from the seeds that the embedded model was trained on, which count from 0. */
    static final long SCENE = 70_000_001;

    static final String ALONE = "a picture of {}";
    static final String ON_A_BEACH = "a picture of {} on a beach";

    private DemoPlan() {}

    /** A group of images under one heading. */
    record Group(String heading, List<String> prompts) {}

    /** What is painted with the words of a scene, each with the adjective that it was bound to. */
    static List<Group> paintings(PairScene scene) {
        return groups().stream()
                .map(group -> new Group(
                        group.heading(),
                        group.prompts().stream().map(scene::described).toList()))
                .toList();
    }

    private static List<Group> groups() {
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
    static Variant whole() {
        return McplProtocol.WHOLE;
    }

    /** The rows of the ablation, in the order of the paper, the whole method last. */
    static List<Variant> ablation() {
        return List.of(
                McplProtocol.ALL, McplProtocol.ONE, McplProtocol.CONTRAST, McplProtocol.BOTH, McplProtocol.WHOLE);
    }
}
