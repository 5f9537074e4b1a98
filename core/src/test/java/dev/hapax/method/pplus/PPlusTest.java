package dev.hapax.method.pplus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Learned;
import dev.hapax.learning.Method;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class PPlusTest {
    private static final Word CAT = new Word("<a>", "cat", 2);

    @Test
    void everyLayerHasVectorsThatAreReadAndMove() {
        try (TinyTeaching tiny = new TinyTeaching()) {
            DenoisingForward forward = tiny.forward(3);
            int layers = forward.unet().crossAttentionLayers().size();
            Method<DenoisingPass> method = PPlus.of(CAT, layers, List.of("a {}", "{} on a ball"));
            try (Trainer<DenoisingPass> trainer =
                    new Trainer<>(method, forward, new Trainer.Settings(1, 5e-3, AdamW.Settings.DEFAULT))) {
                float[] before = trainer.words().rows("<a>").toFloats();
                float[] cat = forward.initial(Word.of("<x>", "cat")).toFloats();
                long width = tiny.encoder().width();
                assertEquals(layers * 2 * width, before.length);
                for (int i = 0; i < before.length; i++) {
                    assertEquals(cat[i % cat.length], before[i], "every layer starts from the class");
                }
                float[] table = tiny.encoder().tokenTable().toFloats();
                trainer.run(report -> {});
                float[] after = trainer.words().rows("<a>").toFloats();
                for (int row = 0; row < layers * 2; row++) {
                    // another program puts the learned rows back after each step and moves the rest
                    assertTrue(after[(int) (row * width)] != before[(int) (row * width)], "row " + row);
                }
                assertArrayEquals(table, tiny.encoder().tokenTable().toFloats(), "the vocabulary stays");
            }
        }
    }

    @Test
    void eachLayerReadsItsOwnVectors() {
        try (TinyTeaching tiny = new TinyTeaching();
                Scope scope = Scope.open()) {
            DenoisingForward forward = tiny.forward(2);
            int layers = forward.unet().crossAttentionLayers().size();
            Method<DenoisingPass> method = PPlus.of(Word.of("<a>", "cat"), layers, List.of("a {}"));
            Word word = method.words().get(0);
            Tensor rows = forward.initial(word).requiresGrad(true);
            Learned learned = Learned.of(word.in(Lexicon.empty(), rows));
            Tensor loss = new Denoising().of(forward.pass(method, learned, 0));
            float[] sizes =
                    Gradients.of(loss, List.of(rows)).get(0).abs().sum(false, 1).toFloats();
            for (int layer = 0; layer < layers; layer++) {
                assertTrue(sizes[layer] > 0, "another program read one vector per block, 7 of 16; layer " + layer);
            }
        }
    }
}
