package dev.hapax.picturebook.recipe;

import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Captions of training scenes through the frozen text encoder: in new words each time, one in ten empty. */
record CaptionEncoder(Tokenizer tokenizer, ClipTextEncoder encoder, Rng rng) {
    private static final double EMPTY = 0.1; // Ho and Salimans 2022
    private static final double FULL = 0.4; // share of captions that tell all; our choice

    /** Last hidden states (b, tokens, width) of captions of these scenes. */
    Tensor encode(long[] scenes, long step, int first) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < scenes.length; i++) {
            texts.add(caption(scenes[i], step, first + i));
        }
        try (Gradients.Region off = Gradients.off()) {
            return encoder.encode(ClipRecipe.ids(tokenizer, texts), null, null).last();
        }
    }

    /** What is said of a scene in one sample of one step. */
    String caption(long index, long step, int sample) {
        if (rng.uniform(Purpose.TEXT, step, sample, 1) < EMPTY) {
            return "";
        }
        Scene scene = new SceneSampler().sample(index);
        Captions captions = new Captions();
        return rng.uniform(Purpose.TEXT, step, sample, 2) < FULL
                ? captions.full(scene)
                : captions.varied(
                        scene, new SplittableRandom((long) (rng.uniform(Purpose.TEXT, step, sample, 3) * 0x1p52)));
    }
}
