package dev.hapax.vision.ask;

import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/**
 * How much each head likes to look so far (Raffel et al. 2020, section 2.1): a learned number for each distance, where
 * greater distances share one in ever larger buckets.
 *
 * @param table (buckets, heads)
 * @param bothWays whether tokens may look ahead, so that half of the buckets are for distances ahead
 * @param maxDistance from here on all distances are in the last bucket
 */
record RelativePositions(Tensor table, boolean bothWays, int maxDistance) {

    /** Added to the scores of the last {@code queries} of {@code tokens} tokens: (1, heads, queries, tokens). */
    Tensor bias(long queries, long tokens) {
        long[] buckets = new long[Math.toIntExact(queries * tokens)];
        int at = 0;
        for (long i = tokens - queries; i < tokens; i++) {
            for (long j = 0; j < tokens; j++) {
                buckets[at++] = bucket(j - i);
            }
        }
        return Functional.embedding(table, Tensor.of(buckets, queries, tokens)) // (queries, tokens, heads)
                .permute(2, 0, 1)
                .unsqueeze(0);
    }

    /** The bucket of a token that lies so far ahead; behind is negative. */
    long bucket(long ahead) {
        int all = (int) table.size(0);
        int buckets = bothWays ? all / 2 : all;
        long first = bothWays && ahead > 0 ? buckets : 0;
        long distance = bothWays ? Math.abs(ahead) : Math.max(0, -ahead);
        int exact = buckets / 2; // half of the buckets hold one distance each
        if (distance < exact) {
            return first + distance;
        }
        // in fp32 as the reference computes it, for distances that fall on the edge of a bucket
        float part = (float) Math.log((float) distance / exact) / (float) Math.log((double) maxDistance / exact);
        return first + Math.min(buckets - 1, exact + (long) (part * (buckets - exact)));
    }
}
