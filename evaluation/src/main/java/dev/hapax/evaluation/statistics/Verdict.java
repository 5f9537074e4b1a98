package dev.hapax.evaluation.statistics;

/** What the interval of A - B says about "A > B". */
public enum Verdict {
    HOLDS("holds"),
    DOES_NOT_HOLD("does not hold"),
    UNDECIDED("undecided");

    /**
     * With fewer independent units than this nothing is decided: if A and B were alike, five differences would all have
     * the same sign in 2 * 0.5^5 = 6 % of cases, six in 3 %.
     */
    public static final int FEWEST = 6;

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** {@link #HOLDS} if the interval lies above 0, {@link #DOES_NOT_HOLD} if below, otherwise open. */
    public static Verdict of(Interval difference) {
        if (difference.n() < FEWEST || difference.contains(0)) {
            return UNDECIDED;
        }
        return difference.low() > 0 ? HOLDS : DOES_NOT_HOLD;
    }

    /** As a report says it. */
    public String words() {
        return words;
    }
}
