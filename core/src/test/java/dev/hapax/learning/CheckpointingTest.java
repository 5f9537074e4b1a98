package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.method.disendiff.DisenDiff;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.disendiff.Subject;
import dev.hapax.method.dreambooth.DreamBooth;
import dev.hapax.method.mcpl.Mcpl;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A step with checkpointing has the losses and the gradients of a step without. What flows back into the text is summed
 * in another order, which the text encoder's gradients in fp32 show, so they are compared in fp64.
 */
class CheckpointingTest {
    private static final List<String> PLAIN = List.of("{}");
    private static final List<Word> WORDS = List.of(Word.of("<a>", "cat"), Word.of("<b>", "ball"));
    private static final String SENTENCE = "<a> cat and <b> ball";

    /** What is trained. */
    private enum Trained {
        WORDS_WITH_MASKS_AND_CONTRAST(() -> Mcpl.one(WORDS, SENTENCE, PLAIN, McplSettings.FULL)),
        KEYS_AND_VALUES_WITH_ATTENTION_LOSSES(() -> disenDiff(Tuning.CROSS_KEYS_VALUES)),
        LORA_WITH_ATTENTION_LOSSES(() -> disenDiff(Tuning.CROSS_KEYS_VALUES.withRank(2))),
        LORA_OF_BOTH_MODELS(() -> dreamBooth(Tuning.UNET.withTextEncoder(true).withRank(2))),
        BOTH_MODELS(() -> dreamBooth(Tuning.UNET.withTextEncoder(true)));

        private final Supplier<Method<DenoisingPass>> method; // anew each time: MCPL's losses remember

        Trained(Supplier<Method<DenoisingPass>> method) {
            this.method = method;
        }

        private static Method<DenoisingPass> dreamBooth(Tuning tuning) {
            return DreamBooth.of(WORDS, SENTENCE, PLAIN, tuning, 1);
        }

        private static Method<DenoisingPass> disenDiff(Tuning tuning) {
            List<Subject> pair = List.of(new Subject(WORDS.get(0), "cat"), new Subject(WORDS.get(1), "ball"));
            return DisenDiff.of(pair, SENTENCE, PLAIN, tuning, 1, new DisenDiffSettings(1, 1, true, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyGradientIsTheSame(Trained trained) {
        compare(trained, DType.FLOAT64, 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void inFp32UpToRounding(Trained trained) {
        compare(trained, DType.FLOAT32, 1e-5);
    }

    private static void compare(Trained trained, DType dtype, double close) {
        Method<DenoisingPass> method = trained.method.get();
        try (TinyTeaching tiny = new TinyTeaching(dtype);
                Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(2, method.tuning().isNone() ? new String[0] : new String[] {"cat"});
            Map<String, Tensor> leaves = new LinkedHashMap<>();
            for (Word word : method.words()) {
                leaves.put(word.token(), forward.initial(word).detach().copy().requiresGrad(true));
            }
            int words = leaves.size();
            Rng rng = new Rng(8);
            forward.initialWeights(method).forEach((name, start) -> {
                // away from the start: a LoRA whose factor "up" is 0 passes no gradient to the other
                Tensor moved = start.plus(rng.normal(Purpose.EVALUATION, 0, leaves.size(), start.shape())
                        .times(0.02));
                leaves.put(name, moved.detach().requiresGrad(true));
            });
            List<String> names = List.copyOf(leaves.keySet());
            Map<String, Tensor> expected = gradients(method, forward, leaves, words);
            Map<String, Tensor> found = gradients(trained.method.get(), forward.checkpointed(), leaves, words);
            for (String name : names) {
                double largest =
                        expected.get(name).abs().reshape(-1).max(false, 0).item();
                assertTrue(largest > 0, name + " has a gradient");
                assertArrayEquals(
                        expected.get(name).toFloats(),
                        found.get(name).toFloats(),
                        (float) (close * (isZero(name) ? 1 : largest)),
                        name);
            }
        }
    }

    private static boolean isZero(String name) {
        return name.contains("k_proj.bias"); // adds the same to all scores of a query: rounding is all there is
    }

    private static Map<String, Tensor> gradients(
            Method<DenoisingPass> method, DenoisingForward forward, Map<String, Tensor> leaves, int words) {
        Lexicon lexicon = Lexicon.empty();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> leaf : leaves.entrySet()) {
            if (lexicon.words().size() < words) {
                lexicon = lexicon.with(leaf.getKey(), leaf.getValue());
            } else {
                weights.put(leaf.getKey(), leaf.getValue());
            }
        }
        DenoisingPass pass = forward.pass(method, new Learned(lexicon, weights), 3);
        Tensor total = Tensor.scalar(0);
        for (LossTerm<DenoisingPass> loss : method.losses()) {
            total = total.plus(loss.of(pass));
        }
        assertEquals(1, total.elements());
        List<Tensor> found = Gradients.of(total, new ArrayList<>(leaves.values()));
        Map<String, Tensor> byName = new LinkedHashMap<>();
        int i = 0;
        for (String name : leaves.keySet()) {
            byName.put(name, found.get(i++));
        }
        return byName;
    }
}
