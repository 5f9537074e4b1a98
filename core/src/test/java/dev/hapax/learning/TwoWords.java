package dev.hapax.learning;

import dev.hapax.learning.loss.Denoising;
import dev.hapax.learning.loss.PriorPreservation;
import dev.hapax.text.Word;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A method that learns two words, and the tiny model to teach them to. */
abstract class TwoWords {
    static final List<Word> WORDS = List.of(Word.of("<a>", "cat"), Word.of("<b>", "ball"));
    static final String SENTENCE = "a brown <a> cat and a <b> ball";
    static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    static Method<DenoisingPass> method(List<Word> words, Tuning tuning) {
        return new Method<>(
                "test",
                "",
                words,
                PromptPlan.fixed(words.isEmpty() ? "a photo of sks cat" : SENTENCE),
                List.of(new Denoising(), new PriorPreservation()),
                tuning);
    }
}
