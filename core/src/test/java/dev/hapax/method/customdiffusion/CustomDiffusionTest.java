package dev.hapax.method.customdiffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Example;
import dev.hapax.learning.Learned;
import dev.hapax.learning.Method;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.Tuning;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CustomDiffusionTest {
    private static final Word CAT = new Word("<a>", "red", 2);
    private static final Word BALL = new Word("<b>", "blue", 2);
    private static final List<String> PHOTO = List.of("photo of a {}");
    private static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    private static Example hashed(String sha256) {
        Example plain = tiny.picture(sha256, sha256.hashCode());
        return new Example(sha256, sha256, plain.latents(), plain.mirrored(), Optional.empty());
    }

    private static DenoisingForward forward(List<Example> pictures) {
        DenoisingForward one = tiny.forward(1);
        return new DenoisingForward(
                one.tokenizer(),
                one.encoder(),
                one.unet(),
                one.vae(),
                one.schedule(),
                pictures,
                2,
                0,
                new Rng(4),
                one.tunable(),
                one.augmentation(),
                false);
    }

    @Test
    void severalConceptsAreTrainedJointlyEachUnderItsOwnPrompt() {
        Map<String, String> prompts = Map.of("cat1", "<a> cat", "cat2", "<a> cat", "ball", "<b> ball");
        Method<DenoisingPass> method =
                CustomDiffusion.joint(List.of(CAT, BALL), prompts, PHOTO, Tuning.CROSS_KEYS_VALUES, 0);
        List<Example> pictures = List.of(hashed("cat1"), hashed("cat2"), hashed("ball"));
        Map<String, Integer> seen = new HashMap<>();
        try (Scope scope = Scope.open()) {
            DenoisingForward forward = forward(pictures);
            forward.check(method);
            Lexicon words = Lexicon.empty();
            for (Word word : method.words()) {
                words = words.with(word.token(), forward.initial(word));
            }
            for (int step = 0; step < 12; step++) {
                DenoisingPass pass = forward.pass(method, new Learned(words, forward.initialWeights(method)), step);
                for (int i = 0; i < pass.batch(); i++) {
                    String sha256 = pictures.get(pass.pictures().get(i)).sha256();
                    assertEquals(
                            "photo of a " + prompts.get(sha256),
                            pass.prompts().get(i).prompt());
                    seen.merge(sha256, 1, Integer::sum);
                }
            }
        }
        assertEquals(3, seen.size());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> forward(List.of(hashed("other"))).check(method));
        assertTrue(e.getMessage().contains("nothing says what the picture other shows"), e.getMessage());
    }

    /** In the official code the last modifier's row never gets a gradient, in older ones only the first vector does. */
    @Test
    void everyVectorOfEveryModifierGetsAGradient() {
        Method<DenoisingPass> method =
                CustomDiffusion.of(List.of(CAT, BALL), "<a> cat and <b> ball", PHOTO, Tuning.CROSS_KEYS_VALUES, 1);
        try (Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(2, "a cat");
            Lexicon words = Lexicon.empty();
            List<Tensor> rows = new ArrayList<>();
            for (Word word : method.words()) {
                Tensor row = forward.initial(word).detach().copy().requiresGrad(true);
                rows.add(row);
                words = words.with(word.token(), row);
            }
            DenoisingPass pass = forward.pass(method, new Learned(words, forward.initialWeights(method)), 0);
            for (Tensor gradient : Gradients.of(method.losses().get(0).of(pass), rows)) {
                assertTrue(gradient.select(0, 0).abs().sum().item() > 0);
                assertTrue(gradient.select(0, 1).abs().sum().item() > 0);
            }
        }
    }

    @Test
    void whatRegularisesCountsWithItsWeight() {
        List<Word> words = List.of(CAT);
        Tuning tuning = Tuning.CROSS_KEYS_VALUES;
        Map<String, String> prompts = Map.of("", "<a> cat"); // the tiny picture comes from no file
        List<Double> plain = tiny.losses(CustomDiffusion.of(words, "<a> cat", PHOTO, tuning, 1));
        assertTrue(plain.get(1) > 0.01, plain.toString());
        for (Method<DenoisingPass> method : List.of(
                CustomDiffusion.of(words, "<a> cat", PHOTO, tuning, 0.25),
                CustomDiffusion.joint(words, prompts, PHOTO, tuning, 0.25))) {
            List<Double> weighted = tiny.losses(method);
            assertEquals(plain.get(0), weighted.get(0), 1e-6);
            assertEquals(plain.get(1) / 4, weighted.get(1), 1e-6);
        }
        assertEquals(
                1,
                tiny.losses(CustomDiffusion.of(words, "<a> cat", PHOTO, tuning, 0))
                        .size());
    }

    @Test
    void theVocabularyNeverMoves() {
        float[] table = tiny.encoder().tokenTable().toFloats();
        Method<DenoisingPass> method = CustomDiffusion.of(List.of(CAT), "<a> cat", PHOTO, Tuning.CROSS_KEYS_VALUES, 1);
        try (Trainer<DenoisingPass> trainer =
                new Trainer<>(method, tiny.forward(1, "a cat"), new Trainer.Settings(3, 0.5, AdamW.Settings.DEFAULT))) {
            trainer.run(report -> {});
        }
        org.junit.jupiter.api.Assertions.assertArrayEquals(
                table, tiny.encoder().tokenTable().toFloats());
    }

    @Test
    void aPromptWithoutModifierIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> CustomDiffusion.of(List.of(), "cat", PHOTO, Tuning.CROSS_KEYS_VALUES, 1));
    }
}
