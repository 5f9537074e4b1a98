package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.GroundTruth;

/** What a detector should find in a picture of the world. */
public final class SceneTruth {
    private SceneTruth() {}

    /** The things of a scene and the boxes of a rendering of it; a class is a kind's ordinal. */
    @SuppressWarnings("EnumOrdinal") // the order of the detector's labels, which its configuration repeats
    public static GroundTruth of(Scene scene, Rendering rendering) {
        return new GroundTruth(
                scene.things().stream().map(thing -> thing.kind().ordinal()).toList(),
                rendering.boxes().stream()
                        .map(box -> new Box(box.x0(), box.y0(), box.x1(), box.y1()))
                        .toList());
    }
}
