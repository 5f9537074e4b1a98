package dev.hapax.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Observation CAT = new Observation("cat/1", "cat", 0.75);
    private static final Observation DOG = new Observation("dog/1", "dog", 0.5);

    @Test
    void differencesPairByKeyAndNotByPlace() {
        Sample other = new Sample(List.of(new Observation("dog/1", "dog", 0.25), new Observation("cat/1", "cat", 1)));
        assertEquals(
                List.of(new Observation("cat/1", "cat", -0.25), new Observation("dog/1", "dog", 0.25)),
                new Sample(List.of(DOG, CAT)).minus(other).observations());
    }

    @Test
    void saysWhichKeysDoNotPair() {
        Sample first = new Sample(List.of(CAT, DOG));
        Sample second = new Sample(List.of(
                CAT,
                new Observation("k1", "k", 1),
                new Observation("k2", "k", 1),
                new Observation("k3", "k", 1),
                new Observation("k4", "k", 1)));
        assertMessage("only in the first: dog/1; only in the second: k1, k2, k3 and 1 more", () -> first.minus(second));
        assertMessage(
                "only in the first: dog/1; only in the second: none", () -> first.minus(new Sample(List.of(CAT))));
        assertMessage(
                "the group of cat/1 is cat in one sample and mouse in the other",
                () -> new Sample(List.of(CAT)).minus(new Sample(List.of(new Observation("cat/1", "mouse", 1)))));
    }

    @Test
    void refusesWhatIsNoSample() {
        assertMessage("two values have the key cat/1", () -> new Sample(List.of(CAT, DOG, CAT)));
        assertMessage("at least one value", () -> new Sample(List.of()));
        assertMessage("the value of x is NaN", () -> new Observation("x", "x", Double.NaN));
    }

    private static void assertMessage(String part, Runnable mistake) {
        String message =
                assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
