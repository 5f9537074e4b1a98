package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import dev.hapax.unet.UNet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TuningTest extends TwoWords {
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

    /** Custom Diffusion's keys and values are not moved by what the start token says. */
    @Test
    void theStartTokenIsHeld() {
        assertEquals(1, Tuning.CROSS_KEYS_VALUES.held());
        Map<String, float[]> free = gradients(0);
        Map<String, float[]> held = gradients(Tuning.CROSS_KEYS_VALUES.held());
        Map<String, float[]> all = gradients(tiny.encoder().maxTokens());
        assertEquals(8, free.size());
        free.forEach((name, gradient) -> {
            assertFalse(Arrays.equals(gradient, held.get(name)), name);
            assertTrue(furthest(new float[gradient.length], held.get(name)) > 0, name);
            assertEquals(0, furthest(new float[gradient.length], all.get(name)), name + " learns from tokens alone");
        });
    }

    /** What one pass says to keys and values. */
    private static Map<String, float[]> gradients(int held) {
        Tuning tuning = new Tuning(Tuning.UNetPart.CROSS_KEYS_VALUES, false, OptionalInt.empty(), held);
        try (Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(1);
            Method<DenoisingPass> method = method(WORDS, tuning);
            Lexicon words = Lexicon.empty();
            for (Word word : WORDS) {
                words = words.with(word.token(), forward.initial(word));
            }
            Map<String, Tensor> weights = new LinkedHashMap<>(forward.initialWeights(method));
            weights.replaceAll((name, weight) -> weight.copy().requiresGrad(true));
            DenoisingPass pass = forward.pass(method, new Learned(words, weights), 0);
            Tensor loss = method.losses().get(0).of(pass);
            List<Tensor> found = Gradients.of(loss, List.copyOf(weights.values()));
            Map<String, float[]> gradients = new LinkedHashMap<>();
            int i = 0;
            for (String name : weights.keySet()) {
                gradients.put(name, found.get(i++).toFloats());
            }
            return gradients;
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
                    .mapToDouble(name ->
                            furthest(Objects.requireNonNull(before.get(name)), Objects.requireNonNull(now.get(name))))
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
