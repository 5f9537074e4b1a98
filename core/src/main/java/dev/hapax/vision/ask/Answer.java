package dev.hapax.vision.ask;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer to a question about a picture.
 *
 * @param text what is answered
 * @param confidence the probability that the model gives this answer, in [0, 1]; models differ in what they spread
 *     probability over, so compare answers of one model only
 */
public record Answer(String text, double confidence) {

    /** Checks the confidence. */
    public Answer {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "the confidence of \"" + text + "\" must be in [0, 1], got " + confidence);
        }
    }

    /**
     * The same answers {@linkplain AnswerText#normalise normalised}, the most certain first; of those that then are
     * alike the most certain stays, and empty ones go.
     */
    public static List<Answer> distinct(List<Answer> answers) {
        Map<String, Answer> best = new LinkedHashMap<>();
        for (Answer answer : answers) {
            String text = AnswerText.normalise(answer.text());
            if (!text.isEmpty()) {
                best.merge(
                        text,
                        new Answer(text, answer.confidence()),
                        (one, other) -> other.confidence() > one.confidence() ? other : one);
            }
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Answer::confidence).reversed())
                .toList();
    }
}
