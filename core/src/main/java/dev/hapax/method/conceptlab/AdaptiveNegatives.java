package dev.hapax.method.conceptlab;

import dev.hapax.learning.Feedback;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.Raster;
import dev.hapax.vision.ask.Answer;
import dev.hapax.vision.ask.AnswerText;
import dev.hapax.vision.ask.Answerer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Asks every so many steps what a picture of the word shows; what is named becomes a known thing that the word shall differ
 * from (Richardson et al. 2024, section 3.2, "adaptive negatives"). Learning ends when nothing new is named several times
 * in a row.
 *
 * @param settings when and how to ask
 * @param known what is known; grows
 * @param member whether a normalised name is one of the category's
 * @param pictures draws what is asked about
 * @param answerer answers
 * @param log hears of every question
 */
public record AdaptiveNegatives(
        Settings settings,
        Negatives known,
        Predicate<String> member,
        Pictures pictures,
        Answerer answerer,
        Consumer<Question> log)
        implements Feedback {

    /**
     * When and how to ask.
     *
     * @param every steps between two questions, the first before step 0 (authors' YAML files: 250)
     * @param question as one would ask a person
     * @param category what is no answer to it
     * @param confidence below which an answer does not count
     * @param patience questions in a row without a new name after which learning ends; 0 for never
     */
    public record Settings(long every, String question, String category, double confidence, int patience) {
        /** Checks the ranges. */
        public Settings {
            if (every < 1 || !(confidence >= 0 && confidence <= 1) || patience < 0 || question.isBlank()) {
                throw new IllegalArgumentException(
                        "questions need a text, at least 1 step between them, a confidence in"
                                + " [0, 1] and a patience of at least 0; got \"" + question + "\", " + every + ", "
                                + confidence
                                + ", " + patience);
            }
            category = AnswerText.normalise(category);
        }
    }

    /** Draws what is asked about. */
    @FunctionalInterface
    public interface Pictures {
        /** What the words show before a step. */
        View of(long step, Lexicon words);
    }

    /**
     * A picture that is asked about.
     *
     * @param name what it is called in the record
     */
    public record View(String name, Raster picture) {}

    @Override
    public boolean goOn(long step, Lexicon words) {
        if (step % settings.every() != 0) {
            return true;
        }
        View view = pictures.of(step, words);
        List<Answer> answers = answerer.ask(view.picture(), settings.question());
        Question.Verdict verdict = verdict(answers);
        Optional<String> named = Optional.empty();
        if (verdict == Question.Verdict.NEW) {
            named = Optional.of(answers.get(0).text());
            known.add(answers.get(0).text(), step);
        }
        log.accept(new Question(step, settings.question(), view.name(), answers, verdict, named));
        long asked = step / settings.every() + 1;
        long useful = known.last().isPresent() ? known.last().getAsLong() / settings.every() + 1 : 0;
        return settings.patience() == 0 || asked - useful < settings.patience();
    }

    private Question.Verdict verdict(List<Answer> answers) {
        if (answers.isEmpty()) {
            return Question.Verdict.SILENT;
        }
        String text = AnswerText.normalise(answers.get(0).text());
        if (text.equals(settings.category())) {
            return Question.Verdict.CATEGORY;
        }
        if (!AnswerText.isName(text) || !member.test(text)) {
            return Question.Verdict.OUTSIDE;
        }
        if (answers.get(0).confidence() < settings.confidence()) {
            return Question.Verdict.UNCERTAIN;
        }
        return known.names().contains(text) ? Question.Verdict.KNOWN : Question.Verdict.NEW;
    }
}
