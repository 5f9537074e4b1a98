package dev.hapax.tensor;

/**
 * Counter-based random numbers: a draw depends on (seed, step, sample, purpose) and its index alone, never on how many
 * draws came before. So a run can be resumed, split over workers, or reordered without changing one number.
 *
 * <p>Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), with Box-Muller for normals.
 *
 * @param seed the seed of the run
 */
public record Rng(long seed) {
    private static final int M0 = 0xD2511F53;
    private static final int M1 = 0xCD9E8D57;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final double TO_UNIT = 0x1p-32;

    /** Standard normals of this shape, fp32. */
    public Tensor normal(Purpose purpose, long step, long sample, long... shape) {
        int n = Math.toIntExact(Shape.elements(shape));
        float[] values = new float[n];
        int[] block = new int[4];
        for (int i = 0; i < n; i += 4) {
            philox(purpose, step, sample, i >>> 2, block);
            for (int pair = 0; pair < 4 && i + pair < n; pair += 2) {
                double u1 = (Integer.toUnsignedLong(block[pair]) + 1) * TO_UNIT; // in (0, 1]
                double u2 = Integer.toUnsignedLong(block[pair + 1]) * TO_UNIT;
                double radius = Math.sqrt(-2 * Math.log(u1));
                values[i + pair] = (float) (radius * Math.cos(2 * Math.PI * u2));
                if (i + pair + 1 < n) {
                    values[i + pair + 1] = (float) (radius * Math.sin(2 * Math.PI * u2));
                }
            }
        }
        return Tensor.of(values, shape);
    }

    /** One number in [0, 1). */
    public double uniform(Purpose purpose, long step, long sample, int index) {
        int[] block = new int[4];
        philox(purpose, step, sample, index, block);
        return ((Integer.toUnsignedLong(block[0]) << 21) ^ (Integer.toUnsignedLong(block[1]) >>> 11)) * 0x1p-53;
    }

    /** One integer in [0, bound). */
    public int below(int bound, Purpose purpose, long step, long sample, int index) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be >= 1, got " + bound);
        }
        return (int) (uniform(purpose, step, sample, index) * bound);
    }

    private void philox(Purpose purpose, long step, long sample, int index, int[] out) {
        // step and sample are folded to 64 counter bits; the purpose and the block index take the others
        long mixed = mix(step * 0x9E3779B97F4A7C15L + mix(sample + 0x632BE59BD9B4E019L));
        int c0 = index;
        int c1 = purpose.ordinal();
        int c2 = (int) mixed;
        int c3 = (int) (mixed >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < 10; round++) {
            long p0 = Integer.toUnsignedLong(M0) * Integer.toUnsignedLong(c0);
            long p1 = Integer.toUnsignedLong(M1) * Integer.toUnsignedLong(c2);
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = n0;
            c2 = n2;
            k0 += W0;
            k1 += W1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    private static long mix(long z) { // the finaliser of SplitMix64
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
