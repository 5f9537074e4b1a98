package dev.hapax.run;

import dev.hapax.method.conceptlab.AdaptiveNegatives;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A word to be made with a prior, and how.
 *
 * @param word starts from ordinary words
 * @param contexts that it is put into while it is learned
 * @param look what is drawn to see it, with {@code {}} for the word; the first is the one that is asked about
 * @param goal what it shall be
 * @param pace how long and how fast; nothing is mirrored
 */
public record InventRequest(Word word, List<Context> contexts, List<Context> look, Goal goal, LearnRequest.Pace pace) {

    /** What a word shall be. */
    public sealed interface Goal permits Member, Child {}

    /**
     * A new member of a category.
     *
     * @param categories that it shall belong to; several mix
     * @param weighting of the categories
     * @param negatives known members from the beginning
     * @param members of the category, which answers are chosen from and thresholds are measured on; may be empty
     * @param unrelated other things, on which the floor is measured in the space of texts
     * @param thresholds empty to measure them
     * @param attraction weight of belonging against being different (lambda)
     * @param questions when and how to ask what it looks like; empty for never
     */
    public record Member(
            List<String> categories,
            Weighting weighting,
            List<String> negatives,
            List<String> members,
            List<String> unrelated,
            Optional<Thresholds> thresholds,
            double attraction,
            Optional<AdaptiveNegatives.Settings> questions)
            implements Goal {
        /** Copies the lists and checks the weight. */
        public Member {
            categories = List.copyOf(categories);
            negatives = List.copyOf(negatives);
            members = List.copyOf(members);
            unrelated = List.copyOf(unrelated);
            if (categories.isEmpty() || !(attraction > 0)) {
                throw new IllegalArgumentException(
                        "a new thing belongs to at least one category, with a weight above 0," + " got " + categories
                                + " and " + attraction);
            }
        }
    }

    /**
     * A child of what pictures show.
     *
     * @param parents a picture or a folder of pictures each
     * @param weighting of the parents
     */
    public record Child(List<Path> parents, Weighting weighting) implements Goal {
        /** Copies the list and checks that there are parents. */
        public Child {
            parents = List.copyOf(parents);
            if (parents.isEmpty()) {
                throw new IllegalArgumentException("a child needs at least one parent; name its pictures");
            }
        }
    }

    /** Copies the lists. */
    public InventRequest {
        contexts = List.copyOf(contexts);
        look = List.copyOf(look);
        if (contexts.isEmpty() || look.isEmpty()) {
            throw new IllegalArgumentException(
                    "a word needs at least one context to be learned in, and one to be seen");
        }
    }
}
