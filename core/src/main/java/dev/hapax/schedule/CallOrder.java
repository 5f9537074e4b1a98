package dev.hapax.schedule;

/** Insists that a run's calls follow one another; it may begin anywhere. */
final class CallOrder {
    private final int calls;
    private int first = -1;
    private int last = -1;

    CallOrder(int calls) {
        this.calls = calls;
    }

    /** Notes this call and returns how many there were before it. */
    int next(int call) {
        if (call < 0 || call >= calls || (first >= 0 && call != last + 1)) {
            throw new IllegalArgumentException("call " + call + " cannot follow "
                    + (first < 0 ? "the start" : "call " + last) + " in a run of " + calls
                    + " calls; start a new trajectory");
        }
        if (first < 0) {
            first = call;
        }
        last = call;
        return call - first;
    }
}
