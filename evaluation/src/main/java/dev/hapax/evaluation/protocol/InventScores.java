package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What judges said, by row.
 *
 * @param scores of all images, and of all that the prior drew
 */
record InventScores(List<Score> scores) {

    /**
     * What one judge said about one image.
     *
     * @param image which one of its concept
     */
    record Score(InventRow row, InventJudge judge, InventedConcept concept, int image, Looks looks) {}

    /** Copies the list. */
    InventScores {
        scores = List.copyOf(scores);
    }

    /**
     * Takes them out of the results.
     *
     * @param results in the order of {@code planned}
     */
    static InventScores of(List<InventCell> planned, List<GridResult> results) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            InventCell place = planned.get(i);
            JsonNode value = results.get(i).value();
            if (place.row() == InventRow.MEMBER) {
                continue; // drawn to be seen
            }
            for (InventJudge judge : List.of(InventJudge.READER, InventJudge.CLIP)) {
                if (value.has(judge.key())) {
                    Looks looks = Looks.read(judge, value.path(judge.key()));
                    scores.add(new Score(place.row(), judge, place.concept(), place.image(), looks));
                }
            }
            int draw = 0;
            for (JsonNode drawn : value.path(InventWork.DRAWS)) {
                Looks looks = Looks.read(InventJudge.PRIOR, drawn);
                scores.add(new Score(place.row(), InventJudge.PRIOR, place.concept(), draw++, looks));
            }
        }
        return new InventScores(scores);
    }

    /** A figure of the images of a row, of wanted concepts; the concepts are the groups. Empty if there are none. */
    Optional<Sample> sample(InventRow row, InventJudge judge, InventFigure figure, Predicate<InventedConcept> wanted) {
        List<Observation> values = scores.stream()
                .filter(score -> score.row() == row && score.judge() == judge && wanted.test(score.concept()))
                .map(score -> new Observation(
                        score.concept().name() + " | " + score.image(),
                        score.concept().name(),
                        figure.of(score.looks(), score.concept())))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
    }
}
