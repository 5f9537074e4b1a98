package dev.hapax.method.conceptlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.method.conceptlab.Question.Verdict;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.Raster;
import dev.hapax.vision.ask.Answer;
import dev.hapax.vision.ask.Answerer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdaptiveNegativesTest {
    private static final String QUESTION = "Which pet is this?";
    private static final Set<String> PETS = Set.of("cat", "dog", "fish");
    private final List<Question> asked = new ArrayList<>();
    private final List<Long> drawn = new ArrayList<>();

    @Test
    void answersAreWrittenInOneWayAndCountOnce() {
        Negatives known = new Negatives(List.of("A Cat."));
        AdaptiveNegatives feedback = feedback(known, 0, "the cat", "It is a dog", "An DOG", "dog");
        run(feedback, 40);
        assertEquals(List.of("cat", "dog"), known.names());
        assertEquals(
                List.of(Verdict.KNOWN, Verdict.NEW, Verdict.KNOWN, Verdict.KNOWN),
                asked.stream().map(Question::verdict).toList());
        assertEquals(List.of(0L, 10L, 20L, 30L), drawn, "a picture is drawn for each question only");
        assertEquals(QUESTION, asked.get(0).text());
        assertEquals("picture 10", asked.get(1).image());
    }

    @Test
    void onlyMembersOfTheCategoryCount() {
        Negatives known = new Negatives(List.of());
        run(feedback(known, 0, "a pet", "teapot", "yes", "", "cat?"), 50);
        assertEquals(
                List.of(Verdict.CATEGORY, Verdict.OUTSIDE, Verdict.OUTSIDE, Verdict.SILENT, Verdict.UNCERTAIN),
                asked.stream().map(Question::verdict).toList());
        assertTrue(known.isEmpty());
    }

    @Test
    void learningEndsWhenNothingNewIsNamedSeveralTimesInARow() {
        assertEquals(40, run(feedback(new Negatives(List.of()), 2, "cat", "cat", "dog", "cat", "dog"), 60));
        assertEquals(10, run(feedback(new Negatives(List.of("cat")), 2, "cat", "cat"), 60), "also from the first on");
        assertEquals(10, run(feedback(new Negatives(List.of()), 2, "yes", "teapot"), 60));
        assertEquals(60, run(feedback(new Negatives(List.of()), 0, "cat", "cat", "cat", "cat", "cat", "cat"), 60));
    }

    @Test
    void whatIsKnownIsSavedInOrderAndGoesOn() {
        try (Scope scope = Scope.open()) {
            Negatives known = new Negatives(List.of("fish"));
            known.add("cat", 250);
            known.add("guinea pig", 500);
            Map<String, Tensor> memory = new HashMap<>(known.memory());
            Negatives later = new Negatives(List.of("dog"));
            later.remember(memory);
            assertEquals(List.of("fish", "cat", "guinea pig"), later.names());
            assertEquals(500, later.last().orElseThrow());
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new AdaptiveNegatives.Settings(0, QUESTION, "pet", 0.3, 1));
        assertThrows(IllegalArgumentException.class, () -> new AdaptiveNegatives.Settings(10, QUESTION, "pet", 1.3, 1));
        assertThrows(IllegalArgumentException.class, () -> new Negatives(List.of(" ... ")));
    }

    /** The step at which it ends. */
    private static long run(AdaptiveNegatives feedback, long steps) {
        for (long step = 0; step < steps; step++) {
            if (!feedback.goOn(step, Lexicon.empty())) {
                return step;
            }
        }
        return steps;
    }

    /** Asks every 10 steps; an answer with a question mark is uncertain, an empty one is none. */
    private AdaptiveNegatives feedback(Negatives known, int patience, String... answers) {
        int[] next = {0};
        return new AdaptiveNegatives(
                new AdaptiveNegatives.Settings(10, QUESTION, "a pet", 0.3, patience),
                known,
                PETS::contains,
                (step, words) -> {
                    drawn.add(step);
                    return new AdaptiveNegatives.View(
                            "picture " + step, Raster.of(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)));
                },
                new Answerer() {
                    @Override
                    public List<Answer> ask(Raster picture, String question) {
                        String answer = answers[next[0]++];
                        return Answer.distinct(List.of(new Answer(answer, answer.endsWith("?") ? 0.2 : 0.9)));
                    }

                    @Override
                    public String identity() {
                        return "a list";
                    }
                },
                asked::add);
    }
}
