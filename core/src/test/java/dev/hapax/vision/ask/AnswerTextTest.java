package dev.hapax.vision.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

    @Test
    void oneThingIsWrittenInOneWay() {
        for (String answer : List.of(
                "cat",
                "A cat.",
                " the  Cat",
                "It is a cat!",
                "it\u2019s a cat",
                "Answer: this is the cat",
                "\"cat\"")) {
            assertEquals("cat", AnswerText.normalise(answer), answer);
        }
    }

    @Test
    void wordsThatOnlyBeginLikeAnOpeningStay() {
        for (String answer : List.of("anteater", "theatre", "axolotl", "some", "guinea pig", "rock 'n' roll")) {
            assertEquals(answer, AnswerText.normalise(answer));
        }
    }

    @Test
    void namesAreToldFromYesAndNo() {
        assertTrue(AnswerText.isName("cat"));
        assertTrue(AnswerText.isName("ox"));
        for (String answer : List.of("", "x", "yes", "no", "unknown", "2", "10")) {
            assertFalse(AnswerText.isName(answer), answer);
        }
    }

    @Test
    void ofAnswersThatAreAlikeTheMostCertainStays() {
        List<Answer> answers = List.of(
                new Answer("a dog", 0.2), new Answer("Cat", 0.1), new Answer("the cat", 0.3), new Answer("...", 0.9));
        assertEquals(List.of(new Answer("cat", 0.3), new Answer("dog", 0.2)), Answer.distinct(answers));
    }

    @Test
    void confidencesBeyondOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Answer("cat", 1.5));
        assertThrows(IllegalArgumentException.class, () -> new Answer("cat", Double.NaN));
    }
}
