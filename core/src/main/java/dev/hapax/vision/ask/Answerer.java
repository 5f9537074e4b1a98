package dev.hapax.vision.ask;

import dev.hapax.vision.Raster;
import java.util.List;

/** Answers questions about pictures in words. */
public interface Answerer {

    /**
     * What there is to say to a question, the most certain answer first.
     *
     * @param picture RGB, of any size
     * @param question in English, as one would ask a person: {@code What kind of pet is in this photo?}
     * @return answers as {@link AnswerText#normalise} writes them, none twice and none empty; no answers if the model has
     *     nothing to say
     * @throws IllegalArgumentException if the question is blank or too long for the model
     */
    List<Answer> ask(Raster picture, String question);

    /**
     * Who answers, for records: the kind of model, as {@code hapax invent --answerer} calls it, and the SHA-256 of its weights
     * where they are its own. Whoever may answer otherwise is called otherwise.
     */
    String identity();
}
