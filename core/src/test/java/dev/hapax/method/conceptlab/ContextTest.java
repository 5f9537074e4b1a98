package dev.hapax.method.conceptlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {
    @Test
    void halfOfTheContextsOfThingsArePhotographs() {
        List<String> texts = Context.things().stream().map(Context::text).toList();
        assertEquals(18 * 3, texts.size());
        assertEquals(12 * 3, new HashSet<>(texts).size());
        assertEquals(
                texts.size() / 2 + 3, // a close-up is one of the forms of art in the authors' file
                texts.stream().filter(text -> text.matches(".*\\bphoto of .*")).count());
    }

    @Test
    void aStylesContextsSayWhatElseThereIs() {
        assertEquals(20, Context.styles().size());
        Context first = Context.styles().get(0);
        assertEquals("a painting of a portrait in the style of <art>", first.with("<art>"));
        assertEquals("a painting of a portrait", first.plain());
    }

    @Test
    void theArticleFollowsTheName() {
        assertEquals("a sketch of an apple", Context.of("a sketch of a {}").with("apple"));
        assertEquals("a sketch of a <pet>", Context.of("a sketch of a {}").with("<pet>"));
        assertEquals("the apple", Context.of("the {}").with("apple"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Context.of("a cat"))
                .getMessage()
                .contains("has no {}"));
    }
}
