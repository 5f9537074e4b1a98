package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.vision.detect.GroundTruth;
import org.junit.jupiter.api.Test;

class SceneTruthTest {
    @Test
    void eachThingHasItsKindAndItsBox() {
        for (int number = 0; number < 20; number++) {
            Scene scene = HeldOut.rendering(number);
            Rendering rendering = new Renderer().render(scene, 64);
            GroundTruth truth = SceneTruth.of(scene, rendering);
            assertEquals(2, truth.size());
            for (int thing = 0; thing < 2; thing++) {
                assertEquals(
                        scene.things().get(thing).kind(),
                        Kind.values()[truth.classes().get(thing)]);
                var box = rendering.boxes().get(thing);
                var found = truth.boxes().get(thing);
                assertEquals(box.centerX(), found.centreX(), 1e-12);
                assertEquals(box.centerY(), found.centreY(), 1e-12);
                assertEquals(box.width(), found.width(), 1e-12);
                assertEquals(box.height(), found.height(), 1e-12);
            }
        }
    }
}
