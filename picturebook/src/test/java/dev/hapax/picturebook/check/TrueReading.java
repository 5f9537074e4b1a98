package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Box;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.picturebook.world.render.Renderer;
import java.util.ArrayList;
import java.util.List;

/** What a perfect reader sees in a rendering. */
final class TrueReading {
    private TrueReading() {}

    static Reading of(Scene scene) {
        List<Box> boxes = new Renderer().render(scene, 64).boxes();
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            Thing thing = scene.things().get(i);
            Box box = boxes.get(i);
            sightings.add(new Sighting(
                    thing.kind(),
                    0.9,
                    thing.look().color(),
                    thing.look().pattern(),
                    box.centerX(),
                    box.centerY(),
                    box.width(),
                    box.height()));
        }
        return new Reading(scene.style(), scene.background(), sightings);
    }
}
