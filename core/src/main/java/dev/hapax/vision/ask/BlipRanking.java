package dev.hapax.vision.ask;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BLIP's choice from a list of answers (Li et al. 2022, section 5.3): those whose first token is most likely are written
 * in full, and the most likely of them wins. Answers of one token and of many are compared by what the whole answer
 * loses.
 *
 * @param model answers
 * @param answers the ids of each: {@link Blip#answerBegin()}, its tokens, the end token
 * @param candidates how many are written in full
 * @param smoothing label smoothing of the loss; 0 for the plain log-likelihood
 */
public record BlipRanking(Blip model, List<List<Long>> answers, int candidates, double smoothing) {
    /** The authors' code: {@code k_test}. */
    public static final int CANDIDATES = 128;
    /** The authors' code: the loss that the model is taught with. */
    public static final double SMOOTHING = 0.1;

    /** Checks the answers. */
    public BlipRanking {
        answers = answers.stream().map(List::copyOf).toList();
        if (answers.isEmpty() || answers.stream().anyMatch(answer -> answer.size() < 2)) {
            throw new IllegalArgumentException("there must be answers to choose from, and none of them empty");
        }
        candidates = Math.min(candidates, answers.size());
        if (candidates < 1 || !(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "candidates must be at least 1 and smoothing in [0, 1), got " + candidates + " and " + smoothing);
        }
    }

    /**
     * What is chosen for one question.
     *
     * @param first for each answer, the probability of its first token
     * @param chosen the candidates by falling {@code first}, as indices of the answers
     * @param scores for each candidate, less what it loses; the highest wins
     */
    public record Choice(List<Double> first, List<Integer> chosen, List<Double> scores) {

        /** The index of the answer that wins. */
        public int best() {
            int best = IntStream.range(0, scores.size())
                    .boxed()
                    .max(Comparator.comparing(scores::get))
                    .orElseThrow();
            return chosen.get(best);
        }
    }

    /**
     * Chooses.
     *
     * @param question of one picture, from {@link Blip#question}: (1, n, width)
     * @param mask (1, n), 1 for a token and 0 for padding
     */
    public Choice choose(Tensor question, Tensor mask) {
        double[] next = start(question, mask).softmax(-1).toDoubles();
        List<Double> first =
                answers.stream().map(answer -> next[answer.get(1).intValue()]).toList();
        List<Integer> chosen = IntStream.range(0, answers.size())
                .boxed()
                .sorted(Comparator.comparing((Integer answer) -> first.get(answer))
                        .reversed())
                .limit(candidates)
                .toList();
        List<Double> scores = new ArrayList<>();
        for (int answer : chosen) {
            scores.add(-loss(answers.get(answer), question, mask));
        }
        return new Choice(first, chosen, scores);
    }

    /** Logits of the first token of an answer, (b, vocabulary). */
    public Tensor start(Tensor question, Tensor mask) {
        Tensor begin = Tensor.of(new long[] {model.answerBegin()}, 1, 1).expand(question.size(0), 1);
        return model.logits(begin, Tensor.ones(DType.FLOAT32, question.size(0), 1), question, mask)
                .select(1, 0);
    }

    /** The cross entropy of an answer's tokens, summed. */
    private double loss(List<Long> answer, Tensor question, Tensor mask) {
        int targets = answer.size() - 1;
        long[] ids = answer.stream().mapToLong(Long::longValue).toArray();
        Tensor all = Tensor.of(ids, 1, ids.length);
        Tensor logits = model.logits(all.narrow(1, 0, targets), Tensor.ones(DType.FLOAT32, 1, targets), question, mask);
        Tensor likely = logits.logSoftmax(-1); // (1, targets, vocabulary)
        Tensor own = likely.gather(2, all.narrow(1, 1, targets).unsqueeze(2)).sum();
        Tensor spread = likely.mean(false, 2).sum();
        return -(own.item() * (1 - smoothing) + spread.item() * smoothing);
    }
}
