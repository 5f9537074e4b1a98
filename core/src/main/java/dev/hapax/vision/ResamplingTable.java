package dev.hapax.vision;

/**
 * One axis of a resize: for each target pixel the first source pixel it draws from and the weights from there on, in
 * the fixed-point numbers of Pillow's 8-bit path.
 *
 * @param first by target pixel
 * @param weights by target pixel, scaled by 2^22
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ResamplingTable(int[] first, int[][] weights) {
    private static final int BITS = 22; // 32 minus 8 of the sample minus 2 of headroom for negative lobes

    static ResamplingTable of(Resampling filter, int from, int to) {
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        double support = filter.support * stretch;
        int[] first = new int[to];
        int[][] weights = new int[to][];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            first[i] = Math.max(0, (int) (centre - support + 0.5));
            int end = Math.min(from, (int) (centre + support + 0.5));
            double[] exact = new double[end - first[i]];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = filter.weight((first[i] + j - centre + 0.5) / stretch);
                sum += exact[j];
            }
            weights[i] = new int[exact.length];
            for (int j = 0; j < exact.length; j++) {
                double scaled = exact[j] / sum * (1 << BITS);
                weights[i][j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }
        return new ResamplingTable(first, weights);
    }

    /** One target sample from source samples {@code stride} apart, the first of the axis at {@code offset}. */
    byte sample(int target, byte[] source, int offset, int stride) {
        int sum = 1 << (BITS - 1);
        int at = offset + first[target] * stride;
        for (int weight : weights[target]) {
            sum += (source[at] & 0xFF) * weight;
            at += stride;
        }
        return (byte) Math.max(0, Math.min(255, sum >> BITS));
    }
}
