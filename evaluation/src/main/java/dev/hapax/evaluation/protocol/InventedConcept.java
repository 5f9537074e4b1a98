package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.category.Category;
import dev.hapax.evaluation.measure.PlainPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A thing to be invented: a new member of a category that shall not be two known ones.
 *
 * @param category what the category is called
 * @param kind the category
 * @param unrelated members of the other categories
 * @param negatives the two members that it shall not be; the parents, where they are mixed
 * @param index which one of its category, from 0
 * @param seed of its learning and of the noise of its images; unlike that of the others
 */
record InventedConcept(
        String category, Category kind, List<String> unrelated, List<String> negatives, int index, long seed) {
    private static final int PAIRS = 3; // Richardson et al. 2024, section 5

    /** Copies the lists. */
    InventedConcept {
        unrelated = List.copyOf(unrelated);
        negatives = List.copyOf(negatives);
    }

    /**
     * So many of each category. Its pairs of negatives take turns and no seed comes twice, so that all of them are
     * independent of each other.
     *
     * @param categories by what they are called; each has at least two members
     * @param each how many of a category
     * @param seed of the first; those of a category follow each other, categories are 1000 apart
     */
    static List<InventedConcept> of(Map<String, Category> categories, int each, long seed) {
        List<InventedConcept> concepts = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Category> category : categories.entrySet()) {
            List<List<String>> pairs = pairs(category.getValue().members());
            List<String> unrelated = categories.values().stream()
                    .flatMap(other -> other.members().stream())
                    .filter(member -> !category.getValue().members().contains(member))
                    .distinct()
                    .toList();
            for (int i = 0; i < each; i++) {
                concepts.add(new InventedConcept(
                        category.getKey(),
                        category.getValue(),
                        unrelated,
                        pairs.get(i % pairs.size()),
                        i,
                        seed + 1000L * number + i));
            }
            number++;
        }
        return concepts;
    }

    /** Each member with the next one, the last with the first: three pairs, or the only one of two members. */
    static List<List<String>> pairs(List<String> members) {
        int count = members.size();
        if (Set.copyOf(members).size() < 2) {
            throw new IllegalArgumentException("two negatives are taken from a category, and it has " + members);
        }
        return Stream.iterate(0, i -> i + 1)
                .limit(count == 2 ? 1 : Math.min(count, PAIRS))
                .map(i -> List.of(members.get(i), members.get((i + 1) % count)))
                .toList();
    }

    /** Its name in samples, such as {@code pet 1}. */
    String name() {
        return category + " " + (index + 1);
    }

    /** The negatives, as a caption says both: {@code a picture of a cat and a dog}. */
    String both(String medium) {
        String second = negatives.get(1);
        return Comparison.phrase(medium, negatives.get(0)) + " and " + PlainPrompt.article(second) + " " + second;
    }
}
