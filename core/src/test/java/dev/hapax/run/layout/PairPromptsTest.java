package dev.hapax.run.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.run.layout.PairPrompts.Pair;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PairPromptsTest {
    private static final List<String> NOUNS = List.of("cat", "apple", "Orange", "ball", "tree");

    @Test
    void everyOrderedPairIsThereOnceInAnOrderOfTheSeed() {
        List<Pair> pairs = new PairPrompts(NOUNS, "and", 1).pairs();
        assertEquals(20, pairs.size());
        Set<String> seen = new TreeSet<>();
        pairs.forEach(pair -> seen.add(pair.first() + " " + pair.second()));
        assertEquals(20, seen.size());
        NOUNS.forEach(noun -> assertFalse(seen.contains(noun + " " + noun)));
        assertEquals(pairs, new PairPrompts(NOUNS, "beside", 1).pairs());
        assertNotEquals(pairs, new PairPrompts(NOUNS, "and", 2).pairs());
        assertFalse(pairs.subList(0, 4).stream().allMatch(pair -> pair.first().equals("cat"))); // a fair sample
    }

    @Test
    void aPromptHasArticles() {
        PairPrompts prompts = new PairPrompts(NOUNS, " next to ", 0);
        assertEquals("an apple next to a cat", prompts.prompt(new Pair("apple", "cat")));
        assertEquals("a cat next to an Orange", prompts.prompt(new Pair("cat", "Orange")));
    }

    @Test
    void twoNounsAndALinkAreNeeded() {
        assertThrows(IllegalArgumentException.class, () -> new PairPrompts(List.of("cat"), "and", 0));
        assertThrows(IllegalArgumentException.class, () -> new PairPrompts(NOUNS, " ", 0));
    }
}
