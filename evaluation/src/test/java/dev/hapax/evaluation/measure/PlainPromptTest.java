package dev.hapax.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainPromptTest {
    private static final List<String> WORDS = List.of("<a>", "<b>");
    private static final Map<String, String> NOUNS = Map.of("<a>", "cat", "<b>", "apple");

    private static String nouns(String prompt) {
        return PlainPrompt.withNouns(prompt, WORDS, NOUNS);
    }

    @Test
    void aNounTakesAnArticleWhereAPhraseBegins() {
        assertEquals("a picture of a cat on a beach", nouns("a picture of <a> on a beach"));
        assertEquals("a cat beside an apple", nouns("<a> beside <b>"));
        assertEquals("a brown cat left of a blue apple on grass", nouns("a brown <a> left of a blue <b> on grass"));
        assertEquals("a picture of a cat, an apple", nouns("a picture of <a>, <b>"));
    }

    @Test
    void aNounThatIsThereAlreadyStaysAlone() {
        assertEquals("a picture of a cat and a green apple", nouns("a picture of a <a> cat and a green <b> apple"));
        assertEquals("a picture of a cat catalogue", nouns("a picture of <a> catalogue"));
    }

    @Test
    void wordsWithoutANounAreTakenOut() {
        assertEquals("a sketch of", PlainPrompt.withNouns("a sketch of <a>", WORDS, Map.of()));
        assertEquals("a picture of on a beach", PlainPrompt.without("a picture of <a> on a beach", WORDS));
    }
}
