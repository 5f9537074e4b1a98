package dev.hapax.method.compositionalinversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Example;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.Trainer;
import dev.hapax.method.compositionalinversion.AnchorSettings.Reduction;
import dev.hapax.method.mcpl.Mcpl;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.method.textualinversion.TextualInversion;
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
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompositionalInversionTest {
    private static final Word CAT = Word.of("<a>", "cat");
    private static final Word BALL = Word.of("<b>", "ball");
    private static final Anchors ANCHORS = new Anchors(List.of("dog", "chair", "stop sign", "house"));
    private static final Method<DenoisingPass> PLAIN = TextualInversion.of(CAT, List.of("a photo of {}"));

    private static Scope scope;
    private static ModelFolder folder;
    private static Tokenizer tokenizer;
    private static ClipTextEncoder encoder;
    private static DenoisingForward forward;

    @BeforeAll
    static void open() throws URISyntaxException {
        scope = Scope.open();
        folder = ModelFolder.open(
                Path.of(Objects.requireNonNull(CompositionalInversionTest.class.getResource("/goldens/sd-tiny"))
                        .toURI()));
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
                        "scene", "", new Posterior(latents, latents.times(0.1).minus(3)))),
                2,
                0,
                new Rng(11));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
        folder.close();
        scope.close();
    }

    private static Method<DenoisingPass> anchored(Method<DenoisingPass> method, AnchorSettings settings) {
        return CompositionalInversion.on(method, Map.of(), ANCHORS, tokenizer, encoder, settings);
    }

    private static Trainer.Settings steps(int count) {
        return new Trainer.Settings(count, 0.01, AdamW.Settings.DEFAULT);
    }

    private static Map<String, Double> firstLosses(Method<DenoisingPass> method) {
        Map<String, Double> values = new HashMap<>();
        try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(1))) {
            trainer.run(report -> values.putAll(report.losses()));
        }
        return values;
    }

    @Test
    void anAnchorOfSeveralTokensIsTheirMean() {
        AnchorTable table = AnchorTable.of(ANCHORS, tokenizer, encoder);
        assertEquals(encoder.maxTokens(), table.tokens());
        try (Scope inner = Scope.open()) {
            for (String name : List.of("dog", "stop sign")) {
                float[] expected =
                        forward.initial(Word.of("<x>", name)).mean(false, 0).toFloats();
                assertArrayEquals(expected, table.vectors().get(table.index(name)), 1e-6f);
            }
            assertTrue(tokenizer.encode("stop sign").length() > 3);
        }
    }

    @Test
    void reconstructionAndAnchorsShareTheWeight() {
        double plain = Objects.requireNonNull(firstLosses(PLAIN).get("denoising"));
        Map<String, Double> ours = firstLosses(anchored(PLAIN, AnchorSettings.PAPER_DREAMBOOTH));
        assertEquals(0.4 * plain, ours.get("denoising"), 1e-6);
        // a word at its own class, the class being an anchor, has nowhere to go
        Map<String, Double> code = firstLosses(anchored(PLAIN, AnchorSettings.CODE));
        assertEquals(0.05 * plain, code.get("denoising"), 1e-6);
        assertEquals(0, code.get("near anchors"), 1e-9);
        assertEquals(0.6, AnchorSettings.PAPER_DREAMBOOTH.weight());
        assertEquals(0.4, AnchorSettings.CODE_DREAMBOOTH.weight());
    }

    @Test
    void atTheWholeWeightThePictureSaysNothing() {
        AnchorSettings whole = AnchorSettings.CODE.withWeight(1);
        assertEquals(0, firstLosses(anchored(PLAIN, whole)).get("denoising"));
        double held = distance(anchored(PLAIN, whole)); // on its only anchor, with AdamW's weight decay alone
        double free = distance(PLAIN);
        assertTrue(held < 0.01 * free, held + " with anchors alone, " + free + " without");
    }

    @Test
    void aModifierIsHeldAtItsClassAndNotAtWhatItStartsFrom() {
        Method<DenoisingPass> modifier = TextualInversion.of(Word.of("<a>", "house"), List.of("a photo of {} chair"));
        Method<DenoisingPass> held = CompositionalInversion.on(
                modifier, Map.of("<a>", "chair"), ANCHORS, tokenizer, encoder, AnchorSettings.CODE);
        assertTrue(Objects.requireNonNull(firstLosses(held).get("near anchors")) > 1e-6, "a house is no chair");
        assertEquals(0, firstLosses(anchored(modifier, AnchorSettings.CODE)).get("near anchors"), 1e-9);
    }

    /** A method's losses keep their proportions: the pictures, the class, and what a method adds of its own. */
    @Test
    void anchorsShareWithAllThatAMethodMinimises() {
        LossTerm<DenoisingPass> own = new LossTerm<>() {
            @Override
            public String name() {
                return "own";
            }

            @Override
            public Tensor of(DenoisingPass pass) {
                return pass.prediction().mean().times(0).plus(1);
            }
        };
        Method<DenoisingPass> method =
                PLAIN.withLosses("two", "", List.of(PLAIN.losses().get(0), own));
        assertEquals(
                0.4,
                firstLosses(anchored(method, AnchorSettings.PAPER_DREAMBOOTH)).get("own"),
                1e-6);
        Map<String, Double> plain = firstLosses(mcpl());
        Map<String, Double> ours = firstLosses(anchored(mcpl(), AnchorSettings.PAPER));
        for (String loss : List.of("masked denoising", "prompt contrast")) {
            assertEquals(0.05 * Objects.requireNonNull(plain.get(loss)), ours.get(loss), 1e-6, loss);
        }
        assertTrue(Objects.requireNonNull(ours.get("near anchors")) > 0);
        assertEquals(
                "mcpl-one with anchors", anchored(mcpl(), AnchorSettings.PAPER).name());
    }

    /** A new one each time: its mask remembers. */
    private static Method<DenoisingPass> mcpl() {
        McplSettings settings = McplSettings.FULL.withAdjectives(Map.of("<a>", "brown"));
        return Mcpl.one(List.of(CAT, BALL), "a brown <a> and a <b>", List.of("{}"), settings);
    }

    @Test
    void anchoredWordsStayNearTheirClass() {
        double free = distance(PLAIN);
        double held = distance(anchored(PLAIN, AnchorSettings.CODE.withReduction(Reduction.SUM)));
        assertTrue(held < 0.5 * free, held + " with anchors, " + free + " without");
    }

    private static double distance(Method<DenoisingPass> method) {
        try (Scope inner = Scope.open();
                Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, steps(25))) {
            Tensor end = trainer.run(report -> {}).rows("<a>").detach();
            return end.minus(forward.initial(CAT)).square().sum().item();
        }
    }

    @Test
    void aResumedRunEqualsAnUninterruptedOne() {
        AnchorSettings settings = new AnchorSettings(0.5, 2, 4, 0, Reduction.SUM);
        float[] uninterrupted;
        try (Trainer<DenoisingPass> trainer = new Trainer<>(anchored(PLAIN, settings), forward, steps(7))) {
            uninterrupted = trainer.run(report -> {}).table().orElseThrow().toFloats();
        }
        Map<String, Tensor> saved = new HashMap<>();
        try (Trainer<DenoisingPass> trainer = new Trainer<>(anchored(PLAIN, settings), forward, steps(7))) {
            trainer.run(report -> {
                if (report.step() == 1) { // between two choices of anchors
                    trainer.state()
                            .forEach((name, tensor) ->
                                    saved.put(name, tensor.detach().copy().keep()));
                }
            });
        }
        try (Trainer<DenoisingPass> resumed = new Trainer<>(anchored(PLAIN, settings), forward, steps(7))) {
            resumed.restore(saved, 2);
            assertArrayEquals(
                    uninterrupted,
                    resumed.run(report -> {}).table().orElseThrow().toFloats());
        }
        saved.values().forEach(Tensor::close);
    }
}
