package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.category.Category;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventedConceptTest {
    private static final Category PET = new Category("pet", List.of("cat", "dog", "rabbit", "bird", "fish"), false);
    private static final Category FRUIT = new Category("fruit", List.of("apple", "banana"), false);

    @Test
    void pairsTakeTurnsAndNoSeedComesTwice() {
        Map<String, Category> categories = new LinkedHashMap<>();
        categories.put("pet", PET);
        categories.put("fruit", FRUIT);
        List<InventedConcept> concepts = InventedConcept.of(categories, 4, 7);
        assertEquals(8, concepts.size());
        assertEquals(
                List.of(
                        List.of("cat", "dog"),
                        List.of("dog", "rabbit"),
                        List.of("rabbit", "bird"),
                        List.of("cat", "dog"),
                        List.of("apple", "banana"),
                        List.of("apple", "banana"),
                        List.of("apple", "banana"),
                        List.of("apple", "banana")),
                concepts.stream().map(InventedConcept::negatives).toList());
        assertEquals(8, concepts.stream().map(InventedConcept::seed).distinct().count());
        assertEquals("pet 1", concepts.get(0).name());
        assertEquals(List.of("apple", "banana"), concepts.get(0).unrelated());
        assertEquals(PET.members(), concepts.get(4).unrelated());
    }

    @Test
    void threeMembersMakeThreePairs() {
        assertEquals(
                List.of(List.of("chair", "lamp"), List.of("lamp", "table"), List.of("table", "chair")),
                InventedConcept.pairs(List.of("chair", "lamp", "table")));
        String message = assertThrows(IllegalArgumentException.class, () -> InventedConcept.pairs(List.of("tower")))
                .getMessage();
        assertTrue(String.valueOf(message).contains("it has [tower]"), message);
    }

    @Test
    void twoNegativesAreSaidAsACaptionSaysThem() {
        InventedConcept concept = new InventedConcept("fruit", FRUIT, List.of("cat"), List.of("banana", "apple"), 0, 7);
        assertEquals("a picture of a banana and an apple", concept.both("picture"));
    }
}
