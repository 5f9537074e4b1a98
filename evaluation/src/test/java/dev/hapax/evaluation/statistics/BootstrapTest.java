package dev.hapax.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final int TRIALS = 1000; // the share of hits is off by 0.7 points or less in two of three cases
    private static final Bootstrap QUICK = new Bootstrap(1000, 1);

    @Test
    void coversTheTruthInNinetyFivePercentOfCases() {
        Random random = new Random(1);
        for (int n : new int[] {6, 10, 30}) {
            int hits = 0;
            for (int trial = 0; trial < TRIALS; trial++) {
                double[] values =
                        random.doubles(n).map(u -> 3 + random.nextGaussian()).toArray();
                hits += QUICK.mean(Sample.of(values)).contains(3) ? 1 : 0;
            }
            assertTrue(hits >= 925 && hits <= 970, n + " values: " + hits + " of " + TRIALS);
        }
    }

    @Test
    void valuesOfOneGroupCountTogether() {
        Random random = new Random(2);
        int grouped = 0;
        int pretended = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Observation> values = new ArrayList<>();
            for (int picture = 0; picture < 12; picture++) {
                double common = random.nextGaussian();
                for (int image = 0; image < 8; image++) {
                    values.add(new Observation(
                            picture + "/" + image, "picture " + picture, common + 0.5 * random.nextGaussian()));
                }
            }
            grouped += QUICK.mean(new Sample(values)).contains(0) ? 1 : 0;
            pretended += QUICK.mean(apart(values)).contains(0) ? 1 : 0;
        }
        assertTrue(grouped >= 925 && grouped <= 970, "groups: " + grouped);
        assertTrue(pretended < 700, "as if independent: " + pretended);
    }

    private static Sample apart(List<Observation> values) {
        return new Sample(values.stream()
                .map(o -> new Observation(o.key(), o.key(), o.value()))
                .toList());
    }

    @Test
    void unequalGroupsWeighAsMuchAsTheirValues() {
        Sample sample = new Sample(List.of(
                new Observation("a", "small", 1), new Observation("b", "large", 4), new Observation("c", "large", 7)));
        Interval interval = Bootstrap.DEFAULT.mean(sample);
        assertEquals(4, interval.mean());
        assertEquals(2, interval.n());
        assertEquals(1, interval.low()); // only the small group was drawn
        assertEquals(5.5, interval.high());
    }

    @Test
    void orderKeysAndNamesOfGroupsMeanNothing() {
        Random random = new Random(3);
        List<Observation> values = IntStream.range(0, 100)
                .mapToObj(i -> new Observation("k" + i, "g" + i / 10, random.nextGaussian()))
                .toList();
        List<Observation> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        List<Observation> renamed = IntStream.range(0, 100)
                .mapToObj(i -> new Observation(
                        "k" + (199 - i), "g" + (9 - i / 10), values.get(i).value()))
                .toList();
        Interval interval = Bootstrap.DEFAULT.mean(new Sample(values));
        assertEquals(interval, Bootstrap.DEFAULT.mean(new Sample(shuffled)));
        assertEquals(interval, Bootstrap.DEFAULT.mean(new Sample(renamed)));
        assertNotEquals(interval, new Bootstrap(10_000, 1).mean(new Sample(values)));
    }

    @Test
    void pairsTellMoreThanTwoSamples() {
        Random random = new Random(4);
        double[] a = new double[30];
        double[] b = new double[30];
        for (int i = 0; i < a.length; i++) {
            double common = random.nextGaussian(); // the seed's share, the same for both methods
            a[i] = common + 0.2 * random.nextGaussian() + 0.2;
            b[i] = common + 0.2 * random.nextGaussian();
        }
        Interval paired = Bootstrap.DEFAULT.mean(Sample.of(a).minus(Sample.of(b)));
        Interval unpaired = Bootstrap.DEFAULT.difference(Sample.of(a), Sample.of(b));
        assertEquals(paired.mean(), unpaired.mean(), 1e-12);
        assertTrue(3 * width(paired) < width(unpaired), paired + " and " + unpaired);
        assertEquals(Verdict.HOLDS, Verdict.of(paired));
        assertEquals(Verdict.UNDECIDED, Verdict.of(unpaired));
    }

    @Test
    void twoSamplesCoverTheirDifference() {
        Random random = new Random(5);
        int hits = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] a = random.doubles(12).map(u -> 1 + random.nextGaussian()).toArray();
            double[] b = random.doubles(20).map(u -> 2 * random.nextGaussian()).toArray();
            hits += QUICK.difference(Sample.of(a), Sample.of(b)).contains(1) ? 1 : 0;
        }
        assertTrue(hits >= 925 && hits <= 985, hits + " of " + TRIALS); // a little wide: as if both had 12 values
    }

    @Test
    void oneGroupHasNoSpread() {
        assertEquals(new Interval(0.5, 0.5, 0.5, 1), Bootstrap.DEFAULT.mean(Sample.of(0.5)));
    }

    @Test
    void equalValuesHaveNoSpreadEither() {
        double[] values = new double[7];
        java.util.Arrays.fill(values, 0.1); // their sum is not 0.7
        Interval interval = QUICK.mean(Sample.of(values));
        assertEquals(0.1, interval.low(), 1e-15);
        assertEquals(0.1, interval.high(), 1e-15);
    }

    @Test
    void thePercentilesAreHesterbergs() { // t and normal quantiles from tables, put together by hand
        assertEquals(0.008551, Bootstrap.tail(10), 1e-6);
        assertEquals(0.002432, Bootstrap.tail(6), 1e-6);
        assertEquals(0.023064, Bootstrap.tail(100), 1e-6);
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }
}
