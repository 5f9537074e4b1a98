package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.text.Word;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void classesAreAllTheOrdinaryWordsBehind() {
        List<Word> words = InitWords.of("<a> teddy bear, <b> ball and <c> dog", Map.of(), 1);
        assertEquals(
                Map.of("<a>", "teddy bear", "<b>", "ball", "<c>", "dog"),
                ClassNames.of("<a> teddy bear, <b> ball and <c> dog", words, Map.of()));
        assertEquals("teddy bear, ball and dog", ClassNames.without("<a> teddy bear, <b> ball and <c> dog", words));
        assertThrows(IllegalArgumentException.class, () -> ClassNames.of("<a> cat", words, Map.of("<x>", "cat")));
    }
}
