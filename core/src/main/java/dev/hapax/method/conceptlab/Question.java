package dev.hapax.method.conceptlab;

import dev.hapax.vision.ask.Answer;
import java.util.List;
import java.util.Optional;

/**
 * A question about what a word shows at present, with what came of it.
 *
 * @param step before which it was asked
 * @param text the question
 * @param image what the picture that was asked about is called
 * @param answers all of them, the most certain first
 * @param verdict what was done with the first
 * @param named what became known by it
 */
public record Question(
        long step, String text, String image, List<Answer> answers, Verdict verdict, Optional<String> named) {
    /** What an answer is good for. */
    public enum Verdict {
        /** Names a thing that the word shall not be from now on. */
        NEW,
        /** Names a thing that is known already. */
        KNOWN,
        /** Names the category itself: nothing better comes to mind. */
        CATEGORY,
        /** Names nothing of the category. */
        OUTSIDE,
        /** Is too uncertain. */
        UNCERTAIN,
        /** There was none. */
        SILENT
    }

    /** Copies the list. */
    public Question {
        answers = List.copyOf(answers);
    }
}
