package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Style;
import java.util.List;
import java.util.Optional;

/**
 * What the reader sees in one picture.
 *
 * @param style the hand it is drawn in
 * @param background where it takes place
 * @param sightings the things, the surest first
 */
public record Reading(Style style, Background background, List<Sighting> sightings) {
    /** Keeps a copy of the list. */
    public Reading {
        sightings = List.copyOf(sightings);
    }

    /** The surest sighting of a kind. */
    public Optional<Sighting> of(Kind kind) {
        return sightings.stream().filter(sighting -> sighting.kind() == kind).findFirst();
    }
}
