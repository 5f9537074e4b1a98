package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Thing;
import java.util.List;
import java.util.Optional;

/**
 * What of a scene is right in a picture of it. What is not there is neither of the right color nor in its place.
 *
 * @param things one or two, in the order of the scene
 * @param place whether two things are in the scene's relation; false for one alone
 * @param style whether the style is right
 * @param background whether the background is right
 */
public record Verdict(List<Part> things, boolean place, boolean style, boolean background) {

    /**
     * What is right of one thing.
     *
     * @param present whether it is there
     * @param color whether it has its color
     * @param pattern whether it has its pattern
     */
    public record Part(boolean present, boolean color, boolean pattern) {}

    /** Keeps a copy of the list. */
    public Verdict {
        things = List.copyOf(things);
    }

    /** Judges a picture of a scene by what the reader sees in it. */
    public static Verdict of(Scene scene, Reading reading) {
        return new Verdict(
                scene.things().stream().map(thing -> part(thing, reading)).toList(),
                place(scene, reading),
                reading.style() == scene.style(),
                reading.background() == scene.background());
    }

    /** Whether all things are there. */
    public boolean present() {
        return things.stream().allMatch(Part::present);
    }

    private static Part part(Thing thing, Reading reading) {
        Optional<Sighting> seen = reading.of(thing.kind());
        return new Part(
                seen.isPresent(),
                seen.filter(s -> s.color() == thing.look().color()).isPresent(),
                seen.filter(s -> s.pattern() == thing.look().pattern()).isPresent());
    }

    private static boolean place(Scene scene, Reading reading) {
        if (!scene.isPair()) {
            return false;
        }
        Optional<Sighting> first = reading.of(scene.things().get(0).kind());
        Optional<Sighting> second = reading.of(scene.things().get(1).kind());
        return first.isPresent()
                && second.isPresent()
                && Placing.holds(
                        scene.relation(),
                        first.get().centerX() - second.get().centerX(),
                        first.get().centerY() - second.get().centerY());
    }
}
