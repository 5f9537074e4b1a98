package dev.hapax.golden;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects the comparisons of one reference file: how many, the worst one, and those beyond their limit. */
final class GoldenReport {
    /** max |ours - reference| / max |reference|, in fp32. */
    static final double LIMIT = 1e-4;

    private final List<String> failures = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private int comparisons;
    private double worst;
    private String worstName = "-";

    /** Compares at the usual limit. */
    void compare(String name, Tensor ours, Tensor reference) {
        compare(name, ours, reference, LIMIT);
    }

    /** Compares at another limit; only for exceptions that the reference's documentation names. */
    void compare(String name, Tensor ours, Tensor reference, double limit) {
        comparisons++;
        if (!Arrays.equals(ours.shape(), reference.shape())) {
            failures.add(name + ": shape " + Arrays.toString(ours.shape()) + ", reference "
                    + Arrays.toString(reference.shape()));
            return;
        }
        double error = relativeError(ours, reference);
        if (!(error <= worst)) {
            worst = error;
            worstName = name;
        }
        if (!(error <= limit)) { // also when it is not a number
            failures.add(String.format(Locale.ROOT, "%s: relative error %.2e, limit %.0e", name, error, limit));
        }
    }

    /**
     * Compares everything that was computed with the tensors of those names; a tensor of the file that is neither
     * computed nor an input fails.
     */
    void all(Map<String, Tensor> ours, SafetensorsFile golden, Set<String> inputs) {
        ours.forEach((name, tensor) -> compare(name, tensor, golden.tensor(name)));
        for (String name : golden.names()) {
            if (!ours.containsKey(name) && !inputs.contains(name)) {
                failures.add(name + " is not computed");
            }
        }
    }

    private static double relativeError(Tensor ours, Tensor reference) {
        if (reference.elements() == 0) {
            return 0;
        }
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor expected = reference.to(DType.FLOAT64);
            double scale = expected.abs().reshape(-1).max(false, 0).item();
            double difference = ours.to(DType.FLOAT64)
                    .minus(expected)
                    .abs()
                    .reshape(-1)
                    .max(false, 0)
                    .item();
            return difference == 0 ? 0 : difference / scale;
        }
    }

    /** Compares numbers that must be equal. */
    void exact(String name, long[] ours, long[] reference) {
        comparisons++;
        if (!Arrays.equals(ours, reference)) {
            int at = Arrays.mismatch(ours, reference);
            failures.add(name + ": differs from index " + at + " of " + reference.length + ": " + around(ours, at)
                    + ", reference " + around(reference, at));
        }
    }

    private static String around(long[] values, int at) {
        return Arrays.toString(
                Arrays.copyOfRange(values, Math.min(at, values.length), Math.min(at + 6, values.length)));
    }

    /** Says that a part of the file is not compared, so that the log shows it. */
    void leftOut(String name) {
        leftOut.add(name);
    }

    int comparisons() {
        return comparisons;
    }

    List<String> failures() {
        return failures;
    }

    /** The file's line in the log. */
    String line(String file) {
        return String.format(
                Locale.ROOT,
                "golden %-45s %4d compared, worst %.1e (%s)%s%s",
                file,
                comparisons,
                worst,
                worstName,
                leftOut.isEmpty() ? "" : ", left out " + leftOut,
                failures.isEmpty() ? "" : ", " + failures.size() + " FAILED");
    }
}
