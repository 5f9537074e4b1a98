package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.loss.Denoising;
import dev.hapax.learning.loss.PriorPreservation;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DenoisingLossTest extends TwoWords {
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

    private static Lexicon words(DenoisingForward forward) {
        Lexicon words = Lexicon.empty();
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
                Optional.of(mask));
    }
}
