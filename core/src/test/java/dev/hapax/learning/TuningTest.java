package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.learning.loss.PriorPreservation;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Word;
import dev.hapax.unet.UNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TuningTest {
    private static final List<Word> WORDS = List.of(Word.of("<a>", "cat"), Word.of("<b>", "ball"));
    private static final String SENTENCE = "a brown <a> cat and a <b> ball";
    private static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    private static Method<DenoisingPass> method(List<Word> words, Tuning tuning) {
        return new Method<>(
                "test",
                "",
                words,
                PromptPlan.fixed(words.isEmpty() ? "a photo of sks cat" : SENTENCE),
                List.of(new Denoising(), new PriorPreservation()),
                tuning);
    }

    private static Trainer.Settings steps(int count, double clip) {
        return new Trainer.Settings(count, 0.01, 1e-3, clip, AdamW.Settings.DEFAULT);
    }

    /** Words and weights after training, one after the other. */
    private static Map<String, float[]> train(Method<DenoisingPass> method, DenoisingForward forward, int steps) {
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(steps, 1))) {
            trainer.run(report -> {});
            return values(trainer);
        }
    }

    private static Map<String, float[]> values(Trainer<DenoisingPass> trainer) {
        Map<String, float[]> values = new LinkedHashMap<>();
        trainer.weights().forEach((name, weight) -> values.put(name, weight.toFloats()));
        trainer.words()
                .words()
                .forEach(word -> values.put(word, trainer.words().rows(word).toFloats()));
        return values;
    }

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
        expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
    }

    private static Map<String, float[]> ofModel() {
        Map<String, float[]> values = new HashMap<>();
        Weights unet = Weights.of(tiny.tunable().unet().weights());
        UNet.of(tiny.tunable().unet().config(), unet);
        unet.used().forEach((name, weight) -> values.put("unet." + name, weight.toFloats()));
        Weights text = Weights.of(tiny.tunable().textEncoder().weights());
        ClipTextEncoder.of(tiny.tunable().textEncoder().config(), text);
        text.used().forEach((name, weight) -> values.put("text_encoder." + name, weight.toFloats()));
        return values;
    }

    @Test
    void whatMovesIsACopyAndTheModelStaysToTheLastBit() {
        Map<String, float[]> before = ofModel();
        for (Tuning tuning : List.of(
                Tuning.CROSS_KEYS_VALUES,
                Tuning.CROSS_KEYS_VALUES.withRank(2),
                Tuning.UNET.withTextEncoder(true),
                Tuning.UNET.withTextEncoder(true).withRank(2))) {
            Map<String, float[]> after = train(method(WORDS, tuning), tiny.forward(1, "a cat"), 2);
            after.forEach((name, values) -> {
                if (before.containsKey(name)) {
                    assertFalse(Arrays.equals(values, before.get(name)), name + " has not moved");
                }
            });
            Map<String, float[]> now = ofModel();
            before.forEach((name, values) -> assertArrayEquals(values, now.get(name), tuning + " " + name));
        }
    }

    @Test
    void exactlyTheChosenWeightsMove() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> kv = tiny.tunable().initial(Tuning.CROSS_KEYS_VALUES, new Rng(1));
            assertEquals(8, kv.size());
            assertTrue(kv.keySet().stream().allMatch(name -> name.matches("unet\\..*\\.attn2\\.to_[kv]\\.weight")));
            Map<String, float[]> all = ofModel();
            all.remove("text_encoder.text_model.embeddings.token_embedding.weight");
            Map<String, Tensor> whole = tiny.tunable().initial(Tuning.UNET.withTextEncoder(true), new Rng(1));
            assertEquals(all.keySet(), whole.keySet());
            Map<String, Tensor> lora = tiny.tunable().initial(Tuning.UNET.withRank(2), new Rng(1));
            assertEquals(4 * 2 * 4 * 2, lora.size()); // blocks, attentions, matrices, factors
        }
    }

    @Test
    void aResumedRunEqualsAnUninterruptedOne() {
        for (Tuning tuning : List.of(Tuning.CROSS_KEYS_VALUES, Tuning.CROSS_KEYS_VALUES.withRank(3))) {
            DenoisingForward forward = tiny.forward(2, "a cat", "a ball");
            Map<String, float[]> whole = train(method(WORDS, tuning), forward, 5);
            Map<String, Tensor> saved = new HashMap<>();
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method(WORDS, tuning), forward, steps(2, 1))) {
                trainer.run(report -> {});
                trainer.state()
                        .forEach((name, tensor) ->
                                saved.put(name, tensor.detach().copy().keep()));
            }
            try (Trainer<DenoisingPass> resumed = new Trainer<>(method(WORDS, tuning), forward, steps(5, 1))) {
                resumed.restore(saved, 2);
                resumed.run(report -> {});
                assertSame(whole, values(resumed));
                saved.keySet().removeIf(name -> name.startsWith("weights.mean"));
                assertThrows(IllegalArgumentException.class, () -> resumed.restore(saved, 2));
            }
            saved.values().forEach(Tensor::close);
        }
    }

    @Test
    void aLoraBeginsWithTheModelAsItWas() {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Map<String, Tensor> initial = tiny.tunable().initial(Tuning.UNET.withRank(2), new Rng(1));
            assertArrayEquals(
                    predict(tiny.tunable().unet(Map.of())),
                    predict(tiny.tunable().unet(initial)));
            Map<String, Tensor> changed = new LinkedHashMap<>(initial);
            changed.replaceAll((name, factor) -> factor.plus(0.1));
            assertFalse(Arrays.equals(
                    predict(tiny.tunable().unet(Map.of())),
                    predict(tiny.tunable().unet(changed))));
        }
    }

    private static float[] predict(UNet unet) {
        Tensor latents = new Rng(2).normal(Purpose.NOISE, 0, 0, 1, 4, 8, 8);
        Tensor text = new Rng(2).normal(Purpose.TEXT, 0, 0, 1, 5, 16);
        return unet.predict(latents, Tensor.of(new long[] {7}, 1), TextContext.of(text))
                .toFloats();
    }

    @Test
    void regularisingPicturesMakeASecondHalfOfTheBatch() {
        try (Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(3, "a cat", "two balls");
            Method<DenoisingPass> method = method(WORDS, Tuning.NONE);
            forward.check(method);
            Learned learned = Learned.of(words(forward));
            DenoisingPass pass = forward.pass(method, learned, 0);
            assertEquals(6, pass.batch());
            assertEquals(3, pass.regularising());
            pass.subjects().prompts().forEach(prompt -> assertEquals(SENTENCE, prompt.prompt()));
            DenoisingPass rest = pass.regularisers().orElseThrow();
            assertTrue(rest.prompts().stream()
                    .allMatch(prompt -> List.of("a cat", "two balls").contains(prompt.prompt())));
            assertTrue(rest.pictures().stream().allMatch(picture -> picture > 0));
            DenoisingPass alone = tiny.forward(3).pass(method, learned, 0);
            assertArrayEquals(
                    alone.target().toFloats(), pass.subjects().target().toFloats());
            double both = new Denoising().of(pass).item()
                    + new PriorPreservation().of(pass).item();
            double mean = pass.prediction().minus(pass.target()).square().mean().item();
            assertEquals(2 * mean, both, 1e-5);
            assertEquals(0, new PriorPreservation().of(alone).item());
        }
    }

    private static dev.hapax.text.Lexicon words(DenoisingForward forward) {
        dev.hapax.text.Lexicon words = dev.hapax.text.Lexicon.empty();
        for (Word word : WORDS) {
            words = words.with(word.token(), forward.initial(word));
        }
        return words;
    }

    /** The official code divides by the mask of one channel, which makes the loss four times the mean. */
    @Test
    void aFullMaskLeavesTheMean() {
        try (Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(2);
            DenoisingPass plain = forward.pass(method(WORDS, Tuning.NONE), Learned.of(words(forward)), 0);
            Tensor full = Tensor.ones(plain.target().dtype(), 2, 1, 8, 8);
            assertEquals(
                    new Denoising().of(plain).item(),
                    new Denoising().of(masked(plain, full)).item(),
                    1e-5);
            float[] half = new float[128];
            Arrays.fill(half, 0, 16, 1); // two rows of the first picture
            Arrays.fill(half, 64, 128, 1);
            Tensor error = plain.prediction().minus(plain.target()).square();
            double first = error.select(0, 0).narrow(1, 0, 2).mean().item();
            double second = error.select(0, 1).mean().item();
            assertEquals(
                    (first + second) / 2,
                    new Denoising()
                            .of(masked(plain, Tensor.of(half, 2, 1, 8, 8)))
                            .item(),
                    1e-5);
        }
    }

    private static DenoisingPass masked(DenoisingPass pass, Tensor mask) {
        return new DenoisingPass(
                pass.step(),
                pass.pictures(),
                pass.flipped(),
                pass.timesteps(),
                pass.target(),
                pass.prediction(),
                pass.prompts(),
                pass.lexicon(),
                pass.text(),
                pass.maps(),
                0,
                java.util.Optional.of(mask));
    }

    @Test
    void gradientsAreShortenedTogether() {
        List<Double> norms = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (double longest : new double[] {1, 10, Double.POSITIVE_INFINITY}) {
                List<Tensor> gradients = List.of(Tensor.of(new float[] {3, 0}, 2), Tensor.of(new float[] {4}, 1));
                double squares = 0;
                for (Tensor gradient : new GradientClip(longest).apply(gradients, 0)) {
                    squares += gradient.square().sum().item();
                }
                norms.add(Math.sqrt(squares));
            }
            assertEquals(1, norms.get(0), 1e-5);
            assertEquals(List.of(5.0, 5.0), norms.subList(1, 3));
            assertThrows(
                    IllegalStateException.class,
                    () -> new GradientClip(1).apply(List.of(Tensor.of(new float[] {Float.NaN}, 1)), 3));
        }
    }

    @Test
    void wordsAndWeightsHaveRatesOfTheirOwn() {
        Method<DenoisingPass> method = method(WORDS, Tuning.CROSS_KEYS_VALUES);
        Map<String, float[]> before = ofModel();
        Trainer.Settings settings =
                new Trainer.Settings(1, 0.5, 1e-3, Double.POSITIVE_INFINITY, AdamW.Settings.DEFAULT.withWeightDecay(0));
        DenoisingForward forward = tiny.forward(1);
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, settings)) {
            float[] word = trainer.words().rows("<a>").toFloats();
            trainer.run(report -> {});
            assertEquals(0.5, furthest(word, trainer.words().rows("<a>").toFloats()), 0.01); // Adam's first step
            Map<String, float[]> now = values(trainer);
            OptionalDouble most = now.keySet().stream()
                    .filter(before::containsKey)
                    .mapToDouble(name -> furthest(
                            java.util.Objects.requireNonNull(before.get(name)),
                            java.util.Objects.requireNonNull(now.get(name))))
                    .max();
            assertEquals(1e-3, most.orElseThrow(), 1e-4);
        }
    }

    private static double furthest(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    @Test
    void mistakesAreTold() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Tuning.CROSS_KEYS_VALUES.withRank(0))
                .getMessage()
                .contains("at least 1, got 0"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> train(method(WORDS, Tuning.CROSS_KEYS_VALUES.withRank(999)), tiny.forward(1), 1))
                .getMessage()
                .contains("a LoRA of rank 999 is no smaller than unet."));
        DenoisingForward whole = tiny.forward(1);
        DenoisingForward fixed = new DenoisingForward(
                whole.tokenizer(),
                whole.encoder(),
                whole.unet(),
                whole.vae(),
                whole.schedule(),
                whole.pictures(),
                1,
                0,
                whole.rng());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> train(method(WORDS, Tuning.UNET), fixed, 1))
                .getMessage()
                .contains("read from a folder"));
    }

    @Test
    void weightsAloneCanBeLearned() {
        Map<String, float[]> before = ofModel();
        Map<String, float[]> after = train(method(List.of(), Tuning.UNET), tiny.forward(1, "a cat"), 2);
        assertTrue(after.keySet().stream().allMatch(before::containsKey));
        assertThrows(IllegalArgumentException.class, () -> method(List.of(), Tuning.NONE));
    }
}
