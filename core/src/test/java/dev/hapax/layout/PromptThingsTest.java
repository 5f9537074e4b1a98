package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptThingsTest {
    private static final List<String> NOUNS = List.of("cat", "dog", "my hot", "hot dog", "ball");

    private static List<String> phrases(String prompt, String... learned) {
        return PromptThings.of(prompt, NOUNS, List.of(learned)).stream()
                .map(Thing::phrase)
                .toList();
    }

    @Test
    void nounsAreFoundAsWordsInTheOrderOfThePrompt() {
        assertEquals(List.of("ball", "cat"), phrases("a ball beside a striped cat on a catwalk"));
        assertEquals(List.of("Cat", "cat"), phrases("a Cat and a cat"));
        assertEquals(List.of(), phrases("two balls and a category"));
    }

    @Test
    void theLongestNameCounts() {
        assertEquals(List.of("hot dog", "dog"), phrases("a hot dog and a dog"));
        assertEquals(List.of("hot dog"), phrases("my hot dog"));
    }

    @Test
    void aLearnedWordAndTheNounBehindItAreOneThing() {
        assertEquals(List.of("<a> cat", "<b>"), phrases("a <a> cat beside <b> on grass", "<a>", "<b>"));
        List<Thing> things = PromptThings.of("<a> and a ball", NOUNS, List.of("<a>"));
        assertEquals(new Thing("<a>", Optional.empty(), 0, 3), things.get(0));
        assertEquals(new Thing("ball", Optional.of("ball"), 10, 14), things.get(1));
        Thing both = PromptThings.of("my <a>  cat", NOUNS, List.of("<a>")).get(0);
        assertEquals(new Thing("<a>  cat", Optional.of("cat"), 3, 11), both);
        assertEquals(List.of("cat", "<a>"), phrases("a cat <a>", "<a>"));
        assertEquals(List.of("cat", "dog"), phrases("a cat dog"));
    }
}
