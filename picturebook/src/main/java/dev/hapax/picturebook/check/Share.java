package dev.hapax.picturebook.check;

/**
 * How often something was right.
 *
 * @param hits how often it was
 * @param trials how often it could have been
 */
public record Share(long hits, long trials) {
    private static final double Z = 1.959964; // the normal distribution's 97.5 % quantile

    /** Nothing tried yet. */
    public static final Share NONE = new Share(0, 0);

    /** Checks the order. */
    public Share {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " hits in " + trials + " trials");
        }
    }

    /** One trial. */
    static Share of(boolean hit) {
        return new Share(hit ? 1 : 0, 1);
    }

    /** Both together. */
    public Share plus(Share other) {
        return new Share(hits + other.hits, trials + other.trials);
    }

    /** Hits of trials, in [0, 1]; not a number if nothing was tried. */
    public double value() {
        return hits / (double) trials;
    }

    /** The lower end of the 95 % interval of Wilson (1927). */
    public double low() {
        return middle() - reach();
    }

    /** The upper end of it. */
    public double high() {
        return middle() + reach();
    }

    private double middle() {
        return (hits + Z * Z / 2) / (trials + Z * Z);
    }

    private double reach() {
        double n = trials;
        return n == 0 ? 0.5 : Z / (n + Z * Z) * Math.sqrt(hits * (n - hits) / n + Z * Z / 4);
    }
}
