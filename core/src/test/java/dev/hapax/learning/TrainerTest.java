package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.method.mcpl.Mcpl;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.text.Word;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Word CAT = Word.of("<a>", "cat");
    private static final Word BALL = Word.of("<b>", "ball");
    private static final String SENTENCE = "a brown <a> and a <b>";
    private static final List<String> PLAIN = List.of("{}");
    private static final Path MODEL = Path.of("src/test/resources/goldens/sd-tiny");

    private static Scope scope;
    private static ModelFolder folder;
    private static Tokenizer tokenizer;
    private static ClipTextEncoder encoder;
    private static DenoisingForward forward;

    @BeforeAll
    static void open() {
        scope = Scope.open();
        folder = ModelFolder.open(
                java.nio.file.Files.exists(MODEL) ? MODEL : Path.of("core").resolve(MODEL));
        encoder = ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", DType.FLOAT32));
        tokenizer = Tokenizer.open(folder.path("tokenizer"), encoder.maxTokens());
        Tensor latents = new Rng(3).normal(Purpose.EVALUATION, 0, 0, 1, 4, 8, 8);
        forward = new DenoisingForward(
                tokenizer,
                encoder,
                UNet.of(folder.config("unet"), folder.weights("unet", DType.FLOAT32)),
                Vae.of(folder.config("vae"), folder.weights("vae", DType.FLOAT32)),
                NoiseSchedule.of(folder.config("scheduler")),
                List.of(new Example(
                                "scene",
                                "",
                                new Posterior(latents, latents.times(0.1).minus(3)))
                        .withMirrored(new Posterior(
                                latents.flip(3), latents.flip(3).times(0.1).minus(3)))),
                2,
                0.5,
                new Rng(11));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
        folder.close();
        scope.close();
    }

    private static Method<DenoisingPass> full() {
        return Mcpl.one(List.of(CAT, BALL), SENTENCE, PLAIN, McplSettings.FULL.withAdjectives(Map.of("<a>", "brown")));
    }

    private static Trainer.Settings steps(int count) {
        return new Trainer.Settings(count, 0.01, AdamW.Settings.DEFAULT);
    }

    private static float[] train(Method<DenoisingPass> method, int steps) {
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(steps))) {
            return trainer.run(report -> {}).table().orElseThrow().toFloats();
        }
    }

    @Test
    void learningMovesTheWordsAndNothingElse() {
        float[] table = encoder.tokenTable().toFloats();
        float[] before = forward.initial(CAT).toFloats();
        float[] after = train(full(), 3);
        assertArrayEquals(table, encoder.tokenTable().toFloats());
        double moved = 0;
        for (int i = 0; i < before.length; i++) {
            moved += Math.abs(after[i] - before[i]);
        }
        assertTrue(moved > 0.01 * before.length, "moved by " + moved);
    }

    @Test
    void theLossFallsOnAPictureSeenOften() {
        double[] total = new double[2];
        Method<DenoisingPass> method = Mcpl.one(List.of(CAT, BALL), SENTENCE, PLAIN, McplSettings.PLAIN);
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(60))) {
            trainer.run(report -> total[report.step() < 30 ? 0 : 1] += report.total());
        }
        assertTrue(total[1] < total[0], total[0] + " then " + total[1]);
    }

    @Test
    void aResumedRunEqualsAnUninterruptedOne() {
        float[] uninterrupted = train(full(), 6);
        Map<String, Tensor> saved = new HashMap<>();
        try (Trainer<DenoisingPass> trainer = new Trainer<>(full(), forward, steps(6))) {
            assertThrows(
                    IllegalStateException.class,
                    () -> trainer.run(report -> {
                        if (report.step() == 2) {
                            trainer.state()
                                    .forEach((name, tensor) -> saved.put(
                                            name, tensor.detach().copy().keep()));
                            throw new IllegalStateException("killed");
                        }
                    }));
        }
        try (Trainer<DenoisingPass> resumed = new Trainer<>(full(), forward, steps(6))) {
            resumed.restore(saved, 3);
            assertArrayEquals(
                    uninterrupted,
                    resumed.run(report -> {}).table().orElseThrow().toFloats());
        }
        saved.values().forEach(Tensor::close);
    }

    @Test
    void everyLossIsReportedByName() {
        try (Trainer<DenoisingPass> trainer = new Trainer<>(full(), forward, steps(1))) {
            trainer.run(report -> assertEquals(
                    List.of("masked denoising", "prompt contrast"),
                    List.copyOf(report.losses().keySet())));
        }
    }

    @Test
    void aPromptWithoutAWordIsRefusedBeforeTraining() {
        Method<DenoisingPass> method = Mcpl.one(List.of(CAT, BALL), "a brown <a> alone", PLAIN, McplSettings.PLAIN);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Trainer<>(method, forward, steps(1)));
        assertTrue(e.getMessage().contains("\"a brown <a> alone\" does not hold <b>"), e.getMessage());
    }

    @Test
    void anAdjectiveThatNoPromptHoldsIsRefusedBeforeTraining() {
        Method<DenoisingPass> method =
                Mcpl.one(List.of(CAT, BALL), SENTENCE, PLAIN, McplSettings.FULL.withAdjectives(Map.of("<b>", "red")));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Trainer<>(method, forward, steps(1)));
        assertTrue(e.getMessage().contains("does not hold red"), e.getMessage());
    }

    @Test
    void aWordOfTheVocabularyIsRefused() {
        Method<DenoisingPass> method = Mcpl.one(List.of(Word.of("cat", "ball")), "a cat", PLAIN, McplSettings.PLAIN);
        assertThrows(IllegalArgumentException.class, () -> new Trainer<>(method, forward, steps(1)));
    }

    @Test
    void aWordThatNothingMovesStopsTheRun() {
        LossTerm<DenoisingPass> constant = new LossTerm<>() {
            @Override
            public String name() {
                return "constant";
            }

            @Override
            public Tensor of(DenoisingPass pass) {
                return pass.lexicon().rows("<a>").sum(); // of <a> alone
            }
        };
        Method<DenoisingPass> method =
                new Method<>("test", "", List.of(CAT, BALL), PromptPlan.fixed(SENTENCE), List.of(constant));
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(100))) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> trainer.run(report -> {}));
            assertTrue(e.getMessage().startsWith("<b> has not moved in 20 steps"), e.getMessage());
            assertEquals(20, trainer.steps() + 1);
        }
    }

    @Test
    void aWordThatComesLateMayMoveLate() {
        PromptPlan late = new PromptPlan() {
            @Override
            public String prompt(Example picture, Rng rng, long step, int sample) {
                return all(picture).get(step < 22 ? 0 : 1);
            }

            @Override
            public List<String> all(Example picture) {
                return List.of("a <a>", SENTENCE);
            }

            @Override
            public boolean holds(Example picture, Word word) {
                return word.equals(CAT);
            }
        };
        Method<DenoisingPass> method = new Method<>("test", "", List.of(CAT, BALL), late, List.of(new Denoising()));
        assertFalse(train(method, 24).length == 0);
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunBeforeItIsLearnedFrom() {
        LossTerm<DenoisingPass> breaks = new LossTerm<>() {
            @Override
            public String name() {
                return "breaks";
            }

            @Override
            public Tensor of(DenoisingPass pass) {
                return pass.lexicon().rows("<a>").sum().times(pass.step() < 25 ? 1 : Double.NaN);
            }
        };
        Method<DenoisingPass> method =
                new Method<>("test", "", List.of(CAT), PromptPlan.fixed("a <a>"), List.of(breaks));
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(100))) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> trainer.run(report -> {}));
            assertTrue(e.getMessage().startsWith("the loss \"breaks\" is not finite at step 25"), e.getMessage());
            assertTrue(Float.isFinite(trainer.words().rows("<a>").toFloats()[0]), "what was learned so far");
        }
    }

    @Test
    void mcplAllLearnsEveryWordOfTheSentence() {
        Method<DenoisingPass> all = Mcpl.all(List.of(CAT, BALL), "brown <a> and <b>", PLAIN, McplSettings.PLAIN);
        assertEquals(
                List.of("<a>", "<b>", "<brown>", "<and>"),
                all.words().stream().map(Word::token).toList());
    }

    @Test
    void mcplDiverseLearnsAWordForEachPicture() {
        Method<DenoisingPass> diverse =
                Mcpl.diverse(List.of(CAT, BALL), List.of("scene"), "<a> RELATE <b>", PLAIN, McplSettings.PROMPT_CL);
        assertEquals(
                List.of("<a>", "<b>", "<scene>"),
                diverse.words().stream().map(Word::token).toList());
        assertFalse(train(diverse, 2).length == 0);
    }

    @Test
    void textualInversionMayHaveSeveralVectors() {
        Method<DenoisingPass> method = new Method<>(
                "ti", "", List.of(new Word("<a>", "cat", 3)), PromptPlan.fixed("a <a>"), List.of(new Denoising()));
        assertEquals(3 * encoder.width(), train(method, 2).length);
    }
}
