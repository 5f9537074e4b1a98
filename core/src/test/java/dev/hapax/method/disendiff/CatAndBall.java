package dev.hapax.method.disendiff;

import dev.hapax.learning.TinyTeaching;
import dev.hapax.text.Word;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A cat and a ball to tell apart, and the tiny model that learns them. */
abstract class CatAndBall {
    static final List<Subject> PAIR = List.of(subject("<a>", "cat"), subject("<b>", "ball"));
    static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    static Subject subject(String modifier, String className) {
        return new Subject(Word.of(modifier, "red"), className);
    }
}
