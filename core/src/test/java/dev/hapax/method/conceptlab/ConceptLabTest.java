package dev.hapax.method.conceptlab;

import static dev.hapax.method.conceptlab.ReferencePrior.CONTEXTS;
import static dev.hapax.method.conceptlab.ReferencePrior.RNG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.AdamW;
import dev.hapax.learning.Feedback;
import dev.hapax.learning.Learned;
import dev.hapax.learning.Method;
import dev.hapax.learning.PriorForward;
import dev.hapax.learning.PriorPass;
import dev.hapax.learning.Trainer;
import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.TextCondition;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The method on the reference numbers' tiny prior. */
class ConceptLabTest {
    private static final Word NEW = Word.of("<new>", "red cup");

    private static ReferencePrior reference;
    private static PriorModel model;
    private static TextEmbeddings space;

    @BeforeAll
    static void open() {
        reference = new ReferencePrior();
        model = reference.model();
        space = reference.space();
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    @Test
    void learningMovesTheWordTowardsTheCategoryAndNothingElse() {
        float[] table = model.texts().tokenTable().toFloats();
        Method<PriorPass> method = invent(List.of("cat"), new Thresholds(1, -1));
        List<Double> totals = new ArrayList<>();
        try (Trainer<PriorPass> trainer = trainer(method, forward(2), 40)) {
            trainer.run(report -> totals.add(report.total()));
        }
        double first = totals.subList(0, 10).stream().mapToDouble(d -> d).sum();
        double last = totals.subList(30, 40).stream().mapToDouble(d -> d).sum();
        assertTrue(last < first, first + " then " + last);
        assertArrayEquals(table, model.texts().tokenTable().toFloats(), "the vocabulary stays");
        assertFalse(model.texts().tokenTable().requiresGrad(), "and collects no gradients");
    }

    @Test
    void eachSampleIsComparedInItsOwnContext() {
        try (Scope inner = Scope.open()) {
            PriorPass pass = new PriorPass(
                    0,
                    CONTEXTS.stream().map(context -> context.with("<new>")).toList(),
                    Tensor.ones(DType.FLOAT32, 2, space.of("a").size(0)));
            NamedThings cups = new NamedThings("<new>", CONTEXTS, context -> List.of(context.with("cup")), space);
            Tensor directions = cups.directions(pass); // (1, 2, width)
            assertArrayEquals(
                    space.of("a photo of a cup").toFloats(),
                    directions.select(0, 0).select(0, 0).toFloats());
            assertArrayEquals(
                    space.of("a very large painting of the cup in a room").toFloats(),
                    directions.select(0, 0).select(0, 1).toFloats());
            assertFalse(directions.requiresGrad(), "constraints have no gradient");
            assertEquals(1, directions.select(0, 0).norm(1).mean().item(), 1e-5);
        }
    }

    @Test
    void aMixIsDrawnByThePriorAndNotReadFromTheText() {
        long width = model.prior().width();
        List<Tensor> parents = List.of(noise(1, 3, width), noise(2, 2, width));
        Method<PriorPass> mix = ConceptLab.mix(NEW, CONTEXTS, parents, List.of(0.4, 0.6), RNG);
        try (Trainer<PriorPass> trainer = trainer(mix, forward(1), 3)) {
            trainer.run(report -> assertEquals(1, report.losses().size()));
        }
        // what does not depend on the prior's result cannot depend on the word either
        ImagePrior deaf = new DeafPrior((int) width);
        PriorForward constant = reference.forward(deaf, 1);
        try (Trainer<PriorPass> trainer = trainer(mix, constant, 3)) {
            float[] before = trainer.words().rows("<new>").toFloats();
            trainer.run(report -> {});
            float[] after = trainer.words().rows("<new>").toFloats();
            for (int i = 0; i < before.length; i++) { // weight decay alone
                assertEquals(before[i] * Math.pow(1 - 0.01 * 0.01, 3), after[i], 1e-6);
            }
        }
    }

    @Test
    void aChildIsMeasuredAgainstOnePictureOfEachParent() {
        try (Scope inner = Scope.open()) {
            long width = model.prior().width();
            ParentPictures parents = new ParentPictures(List.of(noise(1, 3, width), noise(2, 1, width)), RNG);
            PriorPass pass = new PriorPass(7, List.of("a", "b", "c", "d", "e", "f"), noise(3, 6, width));
            Tensor directions = parents.directions(pass); // (2, 6, width)
            assertEquals(1, directions.norm(2).mean().item(), 1e-5);
            Tensor only = noise(2, 1, width).select(0, 0);
            for (int b = 0; b < 6; b++) {
                Tensor chosen = directions.select(1, b);
                assertEquals(
                        only.norm(0).item(),
                        chosen.select(0, 1).times(only).sum().item(),
                        1e-4,
                        "the second parent");
            }
            long different = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(b -> directions.select(1, b).select(0, 0).toFloats()[0])
                    .distinct()
                    .count();
            assertTrue(different > 1, "pictures of the first parent take turns");
        }
    }

    @Test
    void thePriorReadsTheEndOfEachPromptAlsoBehindALearnedWord() {
        try (Scope inner = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Tensor row = noise(4, 1, model.texts().width());
            Lexicon words = Lexicon.empty().with("<new>", row);
            List<String> prompts =
                    CONTEXTS.stream().map(context -> context.with("<new>")).toList();
            DeafPrior deaf = new DeafPrior((int) model.prior().width());
            reference.forward(deaf, 2).draw(prompts, words, 0);
            TextCondition read = deaf.conditions.get(0);
            int longest = 0;
            for (int i = 0; i < prompts.size(); i++) {
                TokenIds tokens = model.tokenizer().encode(prompts.get(i), words);
                longest = Math.max(longest, tokens.length());
                TextEncoding alone = model.texts().encode(List.of(tokens), words);
                assertEquals(
                        0,
                        distance(alone.last().select(1, tokens.length() - 1L), alone.pooled()),
                        0,
                        "the end token, not the learned word with its larger id");
                assertEquals(
                        0,
                        distance(
                                alone.projected().orElseThrow().select(0, 0),
                                read.pooled().select(0, i)),
                        1e-5);
                double real =
                        Objects.requireNonNull(read.mask()).select(0, i).sum().item();
                assertEquals(tokens.length(), real, 0);
            }
            assertEquals(longest, Objects.requireNonNull(read.states()).size(1), "padding is not encoded");
        }
    }

    @Test
    void aWordMayStartFromSeveralTokens() {
        try (Scope inner = Scope.open()) {
            TokenIds tokens = model.tokenizer().encode("red cup");
            assertTrue(tokens.length() > 3);
            Tensor first = model.texts().tokenTable().select(0, tokens.ids()[1]);
            Tensor start = forward(1).initial(NEW);
            assertArrayEquals(new long[] {1, model.texts().width()}, start.shape());
            assertTrue(distance(first, start.select(0, 0)) > 1e-3, "not the first token alone");
        }
    }

    @Test
    void feedbackEndsARunAndAStyleHasOneCategory() {
        Method<PriorPass> method = ConceptLab.invent(
                NEW,
                CONTEXTS,
                List.of("cup"),
                List.of(1.0),
                new Negatives(List.of()),
                Thresholds.THINGS,
                1,
                space,
                (step, words) -> step < 2);
        try (Trainer<PriorPass> trainer = trainer(method, forward(1), 9)) {
            trainer.run(report -> {});
            assertEquals(2, trainer.steps());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ConceptLab.invent(
                        NEW,
                        Context.styles(),
                        List.of("art", "photo"),
                        List.of(0.5, 0.5),
                        new Negatives(List.of()),
                        Thresholds.STYLES,
                        1,
                        space,
                        Feedback.NONE));
    }

    @Test
    void aWordThatIsContentFromTheBeginningDoesNotStopTheRun() {
        try (Trainer<PriorPass> trainer = trainer(invent(List.of(), new Thresholds(-1, 1)), forward(1), 25)) {
            trainer.run(report -> {});
            assertEquals(25, trainer.steps());
        }
    }

    @Test
    void theStepsOfAPassDifferInNoiseAndFollowFromTheSeed() {
        Method<PriorPass> method = invent(List.of("cat"), Thresholds.THINGS);
        try (Scope inner = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Lexicon words = Lexicon.empty().with("<new>", forward(1).initial(NEW));
            Tensor one = forward(2).pass(method, Learned.of(words), 3).embeddings();
            assertEquals(
                    0,
                    distance(one, forward(2).pass(method, Learned.of(words), 3).embeddings()),
                    0);
            assertTrue(
                    distance(one, forward(2).pass(method, Learned.of(words), 4).embeddings()) > 1e-4);
        }
    }

    private static Method<PriorPass> invent(List<String> negatives, Thresholds thresholds) {
        return ConceptLab.invent(
                NEW,
                CONTEXTS,
                List.of("cup"),
                List.of(1.0),
                new Negatives(negatives),
                thresholds,
                1,
                space,
                Feedback.NONE);
    }

    private static PriorForward forward(int batch) {
        return reference.forward(model.prior(), batch);
    }

    private static Trainer<PriorPass> trainer(Method<PriorPass> method, PriorForward forward, int steps) {
        return new Trainer<>(method, forward, new Trainer.Settings(steps, 0.01, AdamW.Settings.DEFAULT));
    }

    private static Tensor noise(int sample, long... shape) {
        return RNG.normal(Purpose.EVALUATION, 0, sample, shape);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.minus(b).abs().reshape(-1).max(false, 0).item();
    }
}
