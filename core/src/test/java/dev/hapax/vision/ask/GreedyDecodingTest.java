package dev.hapax.vision.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GreedyDecodingTest {

    @Test
    void finishedSequencesAreFilledUpWhileOthersGoOn() {
        try (Scope scope = Scope.open()) {
            float[] certain = {0, (float) Math.log(9), 0, 0}; // 9/12 for token 1
            List<Tensor> asked = new ArrayList<>();
            List<Written> written = new GreedyDecoding(5, Set.of(3L), 2).write(rows(certain, certain), ids -> {
                asked.add(ids);
                boolean last = asked.size() == 2;
                return rows(last ? certain : new float[] {0, 0, 0, 9}, last ? new float[] {0, 0, 0, 9} : certain);
            });
            assertEquals(List.of(1L, 3L, 2L), written.get(0).ids());
            assertEquals(List.of(1L, 1L, 3L), written.get(1).ids());
            double end = Math.exp(9) / (Math.exp(9) + 3);
            assertEquals(0.75 * end, written.get(0).probability(), 1e-6);
            assertEquals(0.75 * 0.75 * end, written.get(1).probability(), 1e-6);
        }
    }

    private static Tensor rows(float[] first, float[] second) {
        return Tensor.stack(List.of(Tensor.of(first, first.length), Tensor.of(second, second.length)), 0);
    }

    @Test
    void theCacheWritesWhatReadingEverythingAgainWouldWrite() {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Opt opt = Opt.of(Config.of(TinyModels.opt()), Weights.of(new Initializer(3)));
            Tensor prompt =
                    opt.embed(Tensor.of(new long[] {5, 9, 7, 8, 2, 6}, 2, 3)).times(50);
            Tensor mask = Tensor.of(new float[] {1, 1, 1, 0, 1, 1}, 2, 3); // the second begins with padding
            List<Written> written = opt.write(prompt, mask, new GreedyDecoding(6, Set.of(-1L), 0));
            for (int step = 0; step < 6; step++) {
                Tensor logits = opt.logits(prompt, mask);
                Tensor next = logits.select(1, logits.size(1) - 1).argmax(-1); // (2)
                for (int i = 0; i < 2; i++) {
                    assertEquals(next.toLongs()[i], written.get(i).ids().get(step), "row " + i + ", step " + step);
                }
                prompt = Tensor.cat(List.of(prompt, opt.embed(next.unsqueeze(1))), 1);
                mask = Tensor.cat(List.of(mask, Tensor.ones(DType.FLOAT32, 2, 1)), 1);
            }
        }
    }

    @Test
    void endsAreANumberOrAList() {
        assertEquals(
                Set.of(4L),
                GreedyDecoding.of(Config.of(Map.of("eos_token_id", 4)), 1, 9, 0).ends());
        assertEquals(
                Set.of(4L, 5L),
                GreedyDecoding.of(Config.of(Map.of("eos_token_id", List.of(4, 5))), 1, 9, 0)
                        .ends());
        assertEquals(new GreedyDecoding(1, Set.of(9L), 7), GreedyDecoding.of(Config.of(Map.of()), 1, 9, 7));
    }
}
