package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.measure.Judges;
import dev.hapax.evaluation.measure.PresenceJudge;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The things that may be in an image, for CLIP to choose from.
 *
 * @param judges with CLIP
 * @param medium what prompts call an image
 * @param nouns of the things
 */
record Candidates(Judges judges, String medium, List<String> nouns) {

    /** The text of each before CLIP. */
    Map<String, Embedding> places() {
        Map<String, Embedding> places = new LinkedHashMap<>();
        nouns.forEach(noun ->
                places.put(noun, judges.text(Comparison.phrase(medium, noun)).plain()));
        return places;
    }

    /** CLIP as a judge of presence of the things of this one image: as many candidates as things are there. */
    PresenceJudge judge(Embedding place) {
        return (image, things) -> nouns.containsAll(things) && nouns.size() > things.size()
                ? Optional.of(Set.copyOf(Presence.nearest(place, places(), things.size())))
                : Optional.empty();
    }
}
