package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Sample;
import dev.hapax.evaluation.statistics.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is claimed about invented things. "Not below" is claimed as "above": it is refuted where that does not hold.
 *
 * @param scores what judges said
 * @param judge who shares nothing with what words are optimised against
 * @param categories what the categories are called
 */
record InventClaims(InventScores scores, InventJudge judge, List<String> categories) {
    private static final String PAPER = "Richardson et al. 2024, section 5";
    private static final String MIXING = "after Richardson et al. 2024, section 3.3";

    /** Claims about all categories first, then about each. */
    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (InventFigure figure : List.of(InventFigure.POSITIVE, InventFigure.DISTANCE)) {
            against(figure, concept -> true)
                    .ifPresent(difference -> claims.add(new Claim(
                            figure.name(judge) + ": given negatives > negative prompting", PAPER, difference)));
        }
        difference(InventRow.GIVEN, InventRow.NONE, InventFigure.DISTANCE)
                .ifPresent(difference -> claims.add(new Claim(
                        InventFigure.DISTANCE.name(judge) + ": given negatives > no negatives", "ours", difference)));
        difference(InventRow.NONE, InventRow.ADAPTIVE, InventFigure.NEAREST)
                .ifPresent(difference -> claims.add(new Claim(
                        InventFigure.NEAREST.name(judge) + ": no negatives > adaptive negatives",
                        "Richardson et al. 2024, section 3.2",
                        difference)));
        mixes(claims);
        for (InventFigure figure : List.of(InventFigure.POSITIVE, InventFigure.DISTANCE)) {
            byCategory(figure)
                    .forEach((category, difference) -> claims.add(new Claim(
                            figure.name(judge) + ", " + category + ": given negatives > negative prompting",
                            PAPER,
                            difference)));
        }
        return claims;
    }

    private void mixes(List<Claim> claims) {
        for (InventFigure unrelated : List.of(InventFigure.UNRELATED, InventFigure.NEAREST_UNRELATED)) {
            for (InventFigure parent : List.of(InventFigure.FIRST_PARENT, InventFigure.SECOND_PARENT)) {
                Optional<Sample> likeness = scores.sample(InventRow.MIX, judge, parent, concept -> true);
                Optional<Sample> other = scores.sample(InventRow.MIX, judge, unrelated, concept -> true);
                if (likeness.isPresent() && other.isPresent()) {
                    claims.add(new Claim(
                            "mixes: " + parent.name(judge) + " > " + unrelated.name(judge),
                            MIXING,
                            Bootstrap.DEFAULT.mean(likeness.get().minus(other.get()))));
                }
            }
        }
    }

    private Optional<Interval> against(InventFigure figure, Predicate<InventedConcept> wanted) {
        return difference(InventRow.GIVEN, InventRow.PROMPTED, figure, wanted);
    }

    private Optional<Interval> difference(InventRow more, InventRow less, InventFigure figure) {
        return difference(more, less, figure, concept -> true);
    }

    private Optional<Interval> difference(
            InventRow more, InventRow less, InventFigure figure, Predicate<InventedConcept> wanted) {
        Optional<Sample> first = scores.sample(more, judge, figure, wanted);
        Optional<Sample> second = scores.sample(less, judge, figure, wanted);
        return first.isEmpty() || second.isEmpty()
                ? Optional.empty()
                : Optional.of(Bootstrap.DEFAULT.mean(first.get().minus(second.get())));
    }

    /** Given negatives minus negative prompting, for each category. */
    Map<String, Interval> byCategory(InventFigure figure) {
        Map<String, Interval> differences = new LinkedHashMap<>();
        for (String category : categories) {
            against(figure, concept -> concept.category().equals(category))
                    .ifPresent(difference -> differences.put(category, difference));
        }
        return differences;
    }

    /** In how many categories positive similarity is not below negative prompting's and negative distance above it. */
    String bar() {
        long notBelow = count(InventFigure.POSITIVE, verdict -> verdict != Verdict.DOES_NOT_HOLD);
        long above = count(InventFigure.DISTANCE, verdict -> verdict == Verdict.HOLDS);
        int most = categories.size() / 2 + 1;
        return "Positive similarity is not below negative prompting's in " + notBelow + " of " + categories.size()
                + " categories, negative distance above it in " + above + "; " + most + " are most. The bar is "
                + (notBelow >= most && above >= most ? "reached." : "not reached.");
    }

    private long count(InventFigure figure, Predicate<Verdict> wanted) {
        return byCategory(figure).values().stream()
                .map(Verdict::of)
                .filter(wanted)
                .count();
    }
}
