package dev.hapax.evaluation.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums and counts of the groups of a sample, in an order that only the values decide. */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, and nobody compares groups
record Groups(double[] sums, int[] counts) {

    static Groups of(Sample sample) {
        Map<String, List<Double>> values = sample.observations().stream()
                .collect(Collectors.groupingBy(
                        Observation::group, Collectors.mapping(Observation::value, Collectors.toList())));
        record Group(double sum, int count) {}
        List<Group> groups = values.values().stream()
                .map(list -> new Group(
                        list.stream().sorted().mapToDouble(Double::doubleValue).sum(), list.size()))
                .sorted(Comparator.comparingDouble(Group::sum).thenComparingInt(Group::count))
                .toList();
        return new Groups(
                groups.stream().mapToDouble(Group::sum).toArray(),
                groups.stream().mapToInt(Group::count).toArray());
    }

    int size() {
        return sums.length;
    }

    double sum(int group) {
        return sums[group];
    }

    int count(int group) {
        return counts[group];
    }

    double mean() {
        return Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
    }
}
