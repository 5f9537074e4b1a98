package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.text.Word;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitWordsTest {
    @Test
    void aWordStartsFromTheNounBehindIt() {
        assertEquals(
                List.of(Word.of("<a>", "cat"), Word.of("<b>", "ball")),
                InitWords.of("a brown <a> cat and a rolling <b> ball", Map.of(), 1));
    }

    @Test
    void whatWasSaidComesFirst() {
        assertEquals(List.of(new Word("<a>", "dog", 3)), InitWords.of("a brown <a> cat", Map.of("<a>", "dog"), 3));
    }

    @Test
    void aWordNeedNotBeInBrackets() {
        assertEquals(List.of(Word.of("sks", "cat")), InitWords.of("a photo of sks", Map.of("sks", "cat"), 1));
    }

    @Test
    void functionWordsAreNothingToStartFrom() {
        refuses("\"and\" follows it", "a brown <a> and a <b> ball");
        refuses("\"On\" follows it", "<a> On a beach");
        refuses("no ordinary word follows it", "a brown <a>");
        refuses("no ordinary word follows it", "a brown <a>, sleeping");
        refuses("no ordinary word follows it", "<a> <b> ball");
        refuses("--init \"<a>=cat\"", "a brown <a>");
    }

    @Test
    void thereMustBeAWord() {
        refuses("holds no word to learn", "a brown cat");
        String message = assertThrows(
                        IllegalArgumentException.class, () -> InitWords.of("a brown <a> cat", Map.of("<b>", "ball"), 1))
                .getMessage();
        assertTrue(message.contains("does not hold <b>"), message);
    }

    private static void refuses(String reason, String prompt) {
        String message = assertThrows(IllegalArgumentException.class, () -> InitWords.of(prompt, Map.of(), 1))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }
}
