package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;

/** How many decimals a figure needs: two digits of its interval's width. */
final class SignificantDecimals {
    private static final int LEAST = 2;
    private static final int MOST = 9;

    private SignificantDecimals() {}

    static int of(Interval figure) {
        double width = figure.high() - figure.low();
        double size = width > 0 ? width : Math.abs(figure.mean());
        int needed = size > 0 ? 1 - (int) Math.floor(Math.log10(size)) : LEAST;
        return Math.max(LEAST, Math.min(MOST, needed));
    }
}
