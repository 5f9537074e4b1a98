package dev.hapax.vision.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
    private static final List<String> LABELS = List.of("cat", "dog", "bird");
    private static final Box LEFT = new Box(0, 0, 0.5, 0.5);
    private static final Box RIGHT = new Box(0.5, 0, 1, 0.5);

    private static Detection cat(double score, Box box) {
        return new Detection("cat", score, box);
    }

    private static DetectedPicture cats(List<Box> things, Detection... found) {
        return new DetectedPicture(
                List.of(found), new GroundTruth(things.stream().map(box -> 0).toList(), things));
    }

    private static double average(DetectedPicture... pictures) {
        return AveragePrecision.of(List.of(pictures), LABELS, 0.5).classes().getOrDefault("cat", Double.NaN);
    }

    @Test
    void aMistakeBelowAllThatIsRightCostsNothingAndOneAboveDoes() {
        Detection wrong = cat(0.1, RIGHT);
        assertEquals(1, average(cats(List.of(LEFT), cat(0.9, LEFT), wrong)), 1e-12);
        assertEquals(0.5, average(cats(List.of(LEFT), cat(0.9, RIGHT), cat(0.8, LEFT))), 1e-12);
    }

    @Test
    void whatIsNeverFoundCountsNothing() {
        // one of two things found: precision 1 at the recalls 0 to 0.50, which are 51 of 101
        assertEquals(51 / 101.0, average(cats(List.of(LEFT, RIGHT), cat(0.9, LEFT))), 1e-12);
        assertEquals(0, average(cats(List.of(LEFT))), 1e-12);
    }

    @Test
    void precisionIsTheHighestAtThatRecallOrAHigherOne() {
        // right, wrong, right of three: recall 1/3 at precision 1, recall 2/3 at 2/3; 34 recalls, then 33
        DetectedPicture first = cats(List.of(LEFT), cat(0.9, LEFT), cat(0.8, RIGHT));
        DetectedPicture second = cats(List.of(LEFT, RIGHT), cat(0.7, RIGHT));
        assertEquals((34 + 33 * 2 / 3.0) / 101, average(first, second), 1e-12);
        // wrong, right, right of two: precision 1/2 at recall 0.5 and 2/3 at 1, so 2/3 everywhere
        DetectedPicture third =
                cats(List.of(LEFT, RIGHT), cat(0.9, LEFT.times(0.1, 0.1)), cat(0.8, LEFT), cat(0.7, RIGHT));
        assertEquals(2 / 3.0, average(third), 1e-12);
    }

    @Test
    void aThingIsFoundOnceAndInItsPictureOnly() {
        // the second finding of the same thing is wrong, and stands above the other picture's
        DetectedPicture twice = cats(List.of(LEFT), cat(0.9, LEFT), cat(0.8, LEFT));
        DetectedPicture once = cats(List.of(LEFT), cat(0.7, LEFT));
        assertEquals((51 + 50 * 2 / 3.0) / 101, average(twice, once), 1e-12);
        assertEquals(0, average(cats(List.of(LEFT)), cats(List.of(), cat(0.9, LEFT))), 1e-12);
    }

    @Test
    void theNearestThingIsTakenAndTheThresholdItselfSuffices() {
        Box half = new Box(0, 0, 0.5, 0.25); // half of LEFT
        assertEquals(1, average(cats(List.of(LEFT), cat(0.9, half))), 1e-12);
        Box less = new Box(0, 0, 0.5, 0.24);
        assertEquals(0, average(cats(List.of(LEFT), cat(0.9, less))), 1e-12);
        // did the finding LEFT take the half, the other finding would be left without a thing
        assertEquals(1, average(cats(List.of(half, LEFT), cat(0.9, LEFT), cat(0.8, less))), 1e-12);
        assertEquals(1, average(cats(List.of(LEFT, half), cat(0.9, LEFT), cat(0.8, less))), 1e-12);
    }

    @Test
    void theMeanIsOverTheClassesThatOccur() {
        DetectedPicture picture = new DetectedPicture(
                List.of(cat(0.9, LEFT), new Detection("bird", 0.9, RIGHT)),
                new GroundTruth(List.of(0, 1), List.of(LEFT, RIGHT)));
        AveragePrecision precision = AveragePrecision.of(List.of(picture), LABELS, 0.5);
        assertEquals(Map.of("cat", 1.0, "dog", 0.0), precision.classes());
        assertEquals(0.5, precision.mean(), 1e-12);
        assertTrue(Double.isNaN(AveragePrecision.of(List.of(), LABELS, 0.5).mean()));
    }

    @Test
    void moreThanAHundredFindingsOfAClassInAPictureAreLeftOut() {
        List<Detection> found = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            found.add(cat(0.9, RIGHT));
        }
        found.add(cat(0.1, LEFT));
        assertEquals(0, average(cats(List.of(LEFT), found.toArray(new Detection[0]))), 1e-12);
    }

    @Test
    void theThresholdMustBeAShare() {
        assertThrows(IllegalArgumentException.class, () -> AveragePrecision.of(List.of(), LABELS, 0));
    }
}
