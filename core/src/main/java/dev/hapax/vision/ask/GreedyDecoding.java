package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes token by token, each time the most likely one.
 *
 * @param most tokens to write
 * @param ends ids at which a sequence is finished
 * @param padding fills finished sequences while others go on
 */
public record GreedyDecoding(int most, Set<Long> ends, long padding) {

    /** Keeps a copy of the set, checks the length. */
    public GreedyDecoding {
        ends = Set.copyOf(ends);
        if (most < 1) {
            throw new IllegalArgumentException("at least one token must be written, got " + most);
        }
    }

    /**
     * Reads {@code eos_token_id}, a number or a list, and {@code pad_token_id} of a {@code generation_config.json} or of
     * a language model's own configuration.
     *
     * @param end in a file that names none
     * @param padding in a file that names none
     */
    public static GreedyDecoding of(Config config, int most, int end, int padding) {
        boolean several =
                config.has("eos_token_id") && config.json().get("eos_token_id").isArray();
        List<Integer> ends = several ? config.integers("eos_token_id") : List.of(config.integer("eos_token_id", end));
        return new GreedyDecoding(
                most,
                ends.stream().map(Integer::longValue).collect(Collectors.toUnmodifiableSet()),
                config.integer("pad_token_id", padding));
    }

    /**
     * Writes.
     *
     * @param first logits of the first token, (b, vocabulary)
     * @param next logits of the token after these, int64 (b, 1): (b, vocabulary)
     * @return for each of the b, of one length
     */
    public List<Written> write(Tensor first, UnaryOperator<Tensor> next) {
        int batch = (int) first.size(0);
        List<long[]> steps = new ArrayList<>();
        double[] logProbability = new double[batch];
        boolean[] finished = new boolean[batch];
        Tensor logits = first;
        while (true) {
            Tensor likely = logits.logSoftmax(-1); // (b, vocabulary)
            Tensor best = likely.argmax(-1); // (b)
            long[] ids = best.toLongs();
            double[] logs = likely.gather(1, best.unsqueeze(1)).toDoubles();
            for (int i = 0; i < batch; i++) {
                if (finished[i]) {
                    ids[i] = padding;
                } else {
                    logProbability[i] += logs[i];
                    finished[i] = ends.contains(ids[i]);
                }
            }
            steps.add(ids);
            if (steps.size() == most || all(finished)) {
                return written(steps, logProbability);
            }
            logits = next.apply(Tensor.of(ids, batch, 1));
        }
    }

    private static boolean all(boolean[] finished) {
        for (boolean one : finished) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private static List<Written> written(List<long[]> steps, double[] logProbability) {
        List<Written> result = new ArrayList<>();
        for (int i = 0; i < logProbability.length; i++) {
            int row = i;
            long[] ids = steps.stream().mapToLong(step -> step[row]).toArray();
            result.add(new Written(Arrays.stream(ids).boxed().toList(), Math.exp(logProbability[i])));
        }
        return result;
    }
}
