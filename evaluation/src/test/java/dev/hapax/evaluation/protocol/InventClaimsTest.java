package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.category.Category;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Claims about numbers that were made up, so that everything can be computed by hand. */
class InventClaimsTest {
    private static final List<String> PETS = List.of("cat", "dog", "rabbit");
    private static final List<String> FRUITS = List.of("apple", "banana");

    private final List<InventScores.Score> scores = new ArrayList<>();

    /** Six concepts with two images each; what differs between concepts is the same in all rows. */
    private void pets(InventRow row, double cat, double dog, double rabbit) {
        six(row, "pet", PETS, FRUITS, Map.of("cat", cat, "dog", dog, "rabbit", rabbit, "apple", 0.1, "banana", 0.0));
    }

    private void fruits(InventRow row, double apple, double banana) {
        six(
                row,
                "fruit",
                FRUITS,
                PETS,
                Map.of("apple", apple, "banana", banana, "cat", 0.0, "dog", 0.02, "rabbit", 0.01));
    }

    private void six(InventRow row, String name, List<String> own, List<String> others, Map<String, Double> shares) {
        for (int i = 0; i < 6; i++) {
            InventedConcept concept =
                    new InventedConcept(name, new Category(name, own, false), others, own.subList(0, 2), i, i);
            for (int image = 0; image < 2; image++) {
                double more = 0.001 * i + 0.0001 * image;
                Map<String, Double> each = shares.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, share -> share.getValue() + more));
                scores.add(new InventScores.Score(row, InventJudge.READER, concept, image, new Looks(each, true)));
            }
        }
    }

    private InventClaims claims(String... categories) {
        return new InventClaims(new InventScores(scores), InventJudge.READER, List.of(categories));
    }

    private static Claim named(List<Claim> claims, String name) {
        return claims.stream()
                .filter(claim -> claim.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + claims));
    }

    private void given() {
        pets(InventRow.GIVEN, 0.1, 0.2, 0.6); // 0.9 and 0.7
        pets(InventRow.PROMPTED, 0.3, 0.1, 0.4); // 0.8 and 0.5
        fruits(InventRow.GIVEN, 0.2, 0.3); // 0.5 and 0.2
        fruits(InventRow.PROMPTED, 0.4, 0.3); // 0.7 and 0.3
    }

    @Test
    void givenNegativesAgainstNegativePromptingInAllCategoriesAndEach() {
        given();
        List<Claim> claims = claims("pet", "fruit").all();
        Claim all = named(claims, "positive similarity (reader): given negatives > negative prompting");
        assertEquals((0.1 - 0.2) / 2, all.difference().mean(), 1e-9);
        assertEquals(12, all.difference().n(), "one unit for each concept, not for each image");
        assertEquals(
                (0.2 - 0.1) / 2,
                named(claims, "negative distance (reader): given negatives > negative prompting")
                        .difference()
                        .mean(),
                1e-9);
        Claim pets = named(claims, "negative distance (reader), pet: given negatives > negative prompting");
        assertEquals(0.2, pets.difference().mean(), 1e-9);
        assertEquals(6, pets.difference().n());
        assertEquals(Verdict.HOLDS, pets.verdict());
        assertEquals(
                Verdict.DOES_NOT_HOLD,
                named(claims, "positive similarity (reader), fruit: given negatives > negative prompting")
                        .verdict());
        assertEquals(6, claims.size(), "nothing is claimed about what was not measured");
    }

    @Test
    void theBarIsReachedInMostCategories() {
        given();
        assertEquals(
                "Positive similarity is not below negative prompting's in 1 of 2 categories, negative distance above it in"
                        + " 1; 2 are most. The bar is not reached.",
                claims("pet", "fruit").bar());
        assertTrue(
                claims("pet").bar().endsWith("in 1; 1 are most. The bar is reached."),
                claims("pet").bar());
    }

    @Test
    void equalIsNotBelowAndNotAbove() {
        pets(InventRow.GIVEN, 0.1, 0.2, 0.6);
        pets(InventRow.PROMPTED, 0.1, 0.2, 0.6);
        assertEquals(
                "Positive similarity is not below negative prompting's in 1 of 1 categories, negative distance above it in"
                        + " 0; 1 are most. The bar is not reached.",
                claims("pet").bar());
    }

    @Test
    void adaptiveNegativesLowerTheLikenessOfTheNearestMember() {
        pets(InventRow.NONE, 0.1, 0.2, 0.6);
        pets(InventRow.ADAPTIVE, 0.4, 0.3, 0.2);
        Claim claim = named(claims("pet").all(), "nearest member (reader): no negatives > adaptive negatives");
        assertEquals(0.6 - 0.4, claim.difference().mean(), 1e-9, "the nearest may be another member");
        assertEquals(Verdict.HOLDS, claim.verdict());
    }

    @Test
    void aMixIsNearerToEachParentThanToUnrelatedThings() {
        pets(InventRow.MIX, 0.3, 0.05, 0.0);
        List<Claim> claims = claims("pet").all();
        assertEquals(4, claims.size());
        assertEquals(0.25, mix(claims, "first parent", "unrelated, mean"), 1e-9);
        assertEquals(0.0, mix(claims, "second parent", "unrelated, mean"), 1e-9);
        assertEquals(0.2, mix(claims, "first parent", "unrelated, nearest"), 1e-9);
        assertEquals(-0.05, mix(claims, "second parent", "unrelated, nearest"), 1e-9);
    }

    private static double mix(List<Claim> claims, String parent, String unrelated) {
        return named(claims, "mixes: " + parent + " (reader) > " + unrelated + " (reader)")
                .difference()
                .mean();
    }
}
