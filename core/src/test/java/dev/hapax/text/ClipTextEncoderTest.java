package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTextEncoderTest {
    private static final int VOCABULARY = 20;
    private static final int END = 19;
    private static final int WIDTH = 8;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static ClipTextEncoder encoder(int eosTokenId, DType dtype) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "vocab_size",
                VOCABULARY,
                "hidden_size",
                WIDTH,
                "num_hidden_layers",
                2,
                "num_attention_heads",
                2,
                "intermediate_size",
                12,
                "max_position_embeddings",
                6,
                "hidden_act",
                "quick_gelu",
                "eos_token_id",
                eosTokenId,
                "architectures",
                List.of("CLIPTextModelWithProjection"),
                "projection_dim",
                5));
        return ClipTextEncoder.of(Config.of(config), Weights.of(new Typed(new Initializer(3), dtype)));
    }

    private record Typed(Initializer source, DType dtype) implements Weights.Source {
        @Override
        public boolean has(String name) {
            return source.has(name);
        }

        @Override
        public Tensor get(String name, long... shape) {
            // larger than the initialiser makes them, so that attention is not uniform
            return source.get(name, shape).times(3).to(dtype);
        }

        @Override
        public Set<String> names() {
            return source.names();
        }
    }

    private static Tensor ids(long... ids) {
        return Tensor.of(ids, 1, ids.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, END})
    void aLearnedWordWithTheVectorOfATokenActsAsThatToken(int eosTokenId) {
        ClipTextEncoder encoder = encoder(eosTokenId, DType.FLOAT32);
        Tensor rows = encoder.tokenTable().narrow(0, 4, 2);
        TextEncoding expected = encoder.encode(ids(18, 4, 5, 7, END, END), null, null);
        TextEncoding learned = encoder.encode(ids(18, VOCABULARY, VOCABULARY + 1, 7, END, END), rows, null);
        assertArrayEquals(expected.last().toFloats(), learned.last().toFloats());
        // the learned words have larger ids than the end token and must not be taken for it
        assertArrayEquals(expected.pooled().toFloats(), learned.pooled().toFloats());
        assertArrayEquals(
                expected.last().select(1, 4).toFloats(), expected.pooled().toFloats());
    }

    @Test
    void gradientsReachTheLearnedRowsAndNothingElse() {
        ClipTextEncoder encoder = encoder(END, DType.FLOAT64);
        Tensor rows = new Rng(5).normal(Purpose.INITIALISATION, 0, 0, 2, WIDTH).to(DType.FLOAT64);
        Tensor weights = new Rng(6).normal(Purpose.NOISE, 0, 0, 1, 5, WIDTH).to(DType.FLOAT64);
        rows.requiresGrad(true);
        Tensor prompt = ids(18, VOCABULARY + 1, 3, VOCABULARY, END);
        Tensor gradient = Gradients.of(loss(encoder, prompt, rows, weights), List.of(rows))
                .get(0);
        double[] values = rows.detach().toDoubles();
        double[] difference = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double h = 1e-6;
            double[] up = values.clone();
            double[] down = values.clone();
            up[i] += h;
            down[i] -= h;
            difference[i] =
                    (loss(encoder, prompt, Tensor.of(up, 2, WIDTH), weights).item()
                                    - loss(encoder, prompt, Tensor.of(down, 2, WIDTH), weights)
                                            .item())
                            / (2 * h);
        }
        assertArrayEquals(difference, gradient.toDoubles(), 1e-6);
        assertEquals(false, encoder.tokenTable().requiresGrad());
    }

    private static Tensor loss(ClipTextEncoder encoder, Tensor ids, Tensor rows, Tensor weights) {
        return encoder.encode(ids, rows, null).last().times(weights).sum();
    }

    @Test
    void promptsAreEncodedWithTheRowsOfTheMoment() {
        ClipTextEncoder encoder = encoder(END, DType.FLOAT32);
        Tensor row = encoder.tokenTable().narrow(0, 4, 1);
        // the tokenizer knows two ids fewer than the table has rows
        TokenIds prompt = new TokenIds(
                "<w>",
                new long[] {16, 18, 17, 5, 5, 5},
                3,
                Stream.generate(() -> new TokenIds.Span(0, 0)).limit(3).toList(),
                3,
                18);
        Lexicon lexicon = Lexicon.empty().with("<w>", row);
        Tensor expected = encoder.encode(ids(16, 4, 17, 5, 5, 5), null, null).last();
        float[] first = encoder.encode(List.of(prompt), lexicon).last().toFloats();
        assertArrayEquals(expected.toFloats(), first);
        Tensor moved = row.plus(1);
        assertSame(moved, lexicon.with("<w>", moved).rows("<w>"));
        float[] second = encoder.encode(List.of(prompt), lexicon.with("<w>", moved))
                .last()
                .toFloats();
        assertTrue(first[WIDTH] != second[WIDTH]);
    }

    @Test
    void paddingIsNotLookedAtWhereMasked() {
        ClipTextEncoder encoder = encoder(END, DType.FLOAT32);
        Tensor mask = Tensor.of(new long[] {1, 0, 1}, 1, 3);
        Tensor one = encoder.encode(ids(18, 3, END), null, mask).pooled();
        Tensor two = encoder.encode(ids(18, 4, END), null, mask).pooled();
        assertArrayEquals(one.toFloats(), two.toFloats());
        Tensor unmasked = encoder.encode(ids(18, 4, END), null, null).pooled();
        assertTrue(one.minus(unmasked).abs().sum().item() > 1e-3);
        // nothing at all to look at, in the type with the smallest range
        Tensor nothing = encoder(END, DType.FLOAT16)
                .encode(ids(18, 4, END), null, mask.zerosLike())
                .pooled();
        assertTrue(Float.isFinite(nothing.toFloats()[0]));
    }

    @Test
    void noTokenSeesLaterOnes() {
        ClipTextEncoder encoder = encoder(END, DType.FLOAT32);
        Tensor one = encoder.encode(ids(18, 3, 4, 5), null, null).last();
        Tensor two = encoder.encode(ids(18, 3, 9, 8), null, null).last();
        assertArrayEquals(one.narrow(1, 0, 2).toFloats(), two.narrow(1, 0, 2).toFloats());
        assertTrue(one.minus(two).abs().sum().item() > 1e-3);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT64", "FLOAT32", "BFLOAT16"})
    void everyFloatingTypeGivesTheSame(DType dtype) {
        Tensor rows = new Rng(5).normal(Purpose.INITIALISATION, 0, 0, 1, WIDTH);
        Tensor ids = ids(18, VOCABULARY, 3, END);
        TextEncoding ours = encoder(END, dtype).encode(ids, rows, null);
        Tensor exact = encoder(END, DType.FLOAT64).encode(ids, rows, null).last();
        assertEquals(dtype, ours.last().dtype());
        assertArrayEquals(new long[] {1, 5}, ours.projected().orElseThrow().shape());
        double tolerance = dtype == DType.BFLOAT16 ? 0.1 : 1e-5;
        assertArrayEquals(exact.toDoubles(), ours.last().toDoubles(), tolerance);
    }

    @Test
    void wordsOfOtherModelsAndOverlongPromptsAreRefused() {
        ClipTextEncoder encoder = encoder(END, DType.FLOAT32);
        Lexicon foreign = Lexicon.empty().with("<w>", Tensor.zeros(DType.FLOAT32, 1, 1024));
        TokenIds prompt = new TokenIds("", new long[] {18, END}, 0, List.of(), 0, VOCABULARY);
        assertEquals(
                "the vectors of <w> have width 1024 (OpenCLIP ViT-H: Stable Diffusion 2.x), this text encoder has width"
                        + " 8; use a word that was learned with this model",
                assertThrows(IllegalArgumentException.class, () -> encoder.encode(List.of(prompt), foreign))
                        .getMessage());
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> encoder.encode(ids(1, 2, 3, 4, 5, 6, 7), null, null))
                .getMessage());
        assertTrue(message.contains("prompts of 7 tokens do not fit a text encoder of 6 positions"), message);
    }
}
