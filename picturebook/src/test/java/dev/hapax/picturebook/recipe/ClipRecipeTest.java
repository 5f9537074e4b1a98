package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ImageEncoding;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipRecipeTest {
    private static final int SIZE = 128;
    private static final int SCENES = 8;

    @Test
    void fewPicturesAreSoonTiedToTheirCaptionsAndTheirThings(@TempDir Path folder) throws Exception {
        Journal journal =
                new Journal(folder.resolve("training.jsonl"), new PrintStream(OutputStream.nullOutputStream()));
        int vocabulary = Tokenizers.write(folder.resolve("tokenizer"));
        Config config = ClipRecipe.whole(vocabulary, SIZE);
        Plan plan = new Plan("clip", 60, 16, 1e-3, 10, 20, 1, 0.9, AdamW.Settings.DEFAULT, DType.FLOAT32, 1);
        PatchTruth truth = PatchTruth.of(folder.resolve("patches.u8"), SCENES, SIZE, ClipRecipe.PATCH, journal);
        try (SceneCache cache = new SceneCache(folder.resolve("scenes.rgb"), SIZE);
                Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer"), ClipRecipe.TOKENS);
                Scope scope = Scope.open()) {
            cache.fill(SCENES, journal);
            Fit<TaughtClip> fit =
                    new Fit<>(plan, new ClipInitializer(1), weights -> TaughtClip.of(config, weights), folder);
            fit.run(new ClipRecipe(new Pixels(cache, SCENES, new Rng(2)), truth, tokenizer), journal);
            TaughtClip taught = TaughtClip.of(config, Weights.of(new Parameters.Given(fit.result())));
            try (Gradients.Region off = Gradients.off()) {
                assertEquals(SCENES, ownCaptions(taught, cache, tokenizer), "pictures whose own caption is nearest");
                double share = rightPatches(taught, cache, truth);
                assertTrue(share > 0.8, "share of covered patches named right: " + share);
                double sides = sideLossOfCaptions(taught, cache, tokenizer);
                assertTrue(sides < 4, "cross entropy of the sides told from end tokens: " + sides);
            }
        }
    }

    private static Tensor pictures(SceneCache cache) {
        return cache.images(0, SCENES, DType.FLOAT32);
    }

    private static int ownCaptions(TaughtClip taught, SceneCache cache, Tokenizer tokenizer) {
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < SCENES; i++) {
            Scene scene = cache.scene(i);
            captions.add(new Captions().full(scene));
        }
        Tensor image = taught.clip().image().encode(pictures(cache)).projected();
        Tensor text = taught.clip()
                .text()
                .encode(ClipRecipe.ids(tokenizer, captions), null, null)
                .projected()
                .orElseThrow();
        float[] logits = taught.clip().logitsPerImage(image, text).toFloats();
        int right = 0;
        for (int i = 0; i < SCENES; i++) {
            int best = 0;
            for (int j = 0; j < SCENES; j++) {
                best = logits[i * SCENES + j] > logits[i * SCENES + best] ? j : best;
            }
            right += best == i ? 1 : 0;
        }
        return right;
    }

    /**
     * Of the last token, which is padding: it has read the whole caption. A blind guess costs 5.4, knowing the
     * axis alone 2.7; which thing is where takes thousands of steps.
     */
    private static double sideLossOfCaptions(TaughtClip taught, SceneCache cache, Tokenizer tokenizer) {
        List<Scene> scenes = LongStream.range(0, SCENES).mapToObj(cache::scene).toList();
        List<String> captions = scenes.stream().map(new Captions()::full).toList();
        Tensor states = taught.clip()
                .text()
                .encode(ClipRecipe.ids(tokenizer, captions), null, null)
                .last();
        return new SideTruth(scenes)
                .loss(
                        taught.captionSides().apply(states.narrow(1, ClipRecipe.TOKENS - 1, 1)),
                        Tensor.ones(DType.FLOAT32, SCENES, 1))
                .item();
    }

    private static double rightPatches(TaughtClip taught, SceneCache cache, PatchTruth truth) {
        ImageEncoding encoding = taught.clip().image().encode(pictures(cache));
        int kinds = TaughtClip.NOTHING + 1;
        float[] logits = taught.patchKinds()
                .apply(encoding.last().narrow(1, 1, truth.patches()))
                .toFloats();
        int covered = 0;
        int right = 0;
        for (int cell = 0; cell < SCENES * truth.patches(); cell++) {
            int kind = truth.kind(cell / truth.patches(), cell % truth.patches());
            if (kind == TaughtClip.NOTHING) {
                continue;
            }
            int best = 0;
            for (int k = 0; k < kinds; k++) {
                best = logits[cell * kinds + k] > logits[cell * kinds + best] ? k : best;
            }
            covered++;
            right += best == kind ? 1 : 0;
        }
        return right / (double) covered;
    }
}
