package dev.hapax.vision.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a detector ranks its findings, as COCO's evaluation counts it (Lin et al. 2014; AP at one threshold of
 * intersection over union, all sizes, at most 100 findings of a class in a picture).
 *
 * <p>For each class, the findings of all pictures are taken from the most certain on. One is right if its box overlaps
 * with a thing of its class in its picture by at least the threshold, and no finding before it has taken that thing; it
 * takes the one it overlaps with most. After each finding there is a precision (right ones of those so far) and a recall
 * (right ones of all things). The average precision is the mean, over the 101 recalls 0, 0.01, ..., 1, of the highest
 * precision at that recall or a higher one, 0 where that recall is never reached.
 *
 * @param threshold the least overlap, in (0, 1]
 * @param classes the average precision of each class of which there are things, in [0, 1]
 */
public record AveragePrecision(double threshold, Map<String, Double> classes) {
    private static final int MOST = 100; // findings of a class in a picture
    private static final int RECALLS = 100; // steps from 0 to 1

    /** Keeps a copy, in order, and checks the threshold. */
    public AveragePrecision {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the least overlap must be in (0, 1], got " + threshold);
        }
        classes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    }

    /**
     * Counts.
     *
     * @param labels the names of the classes
     * @param threshold the least overlap, in (0, 1]
     */
    public static AveragePrecision of(List<DetectedPicture> pictures, List<String> labels, double threshold) {
        Map<String, Double> classes = new LinkedHashMap<>();
        for (int label = 0; label < labels.size(); label++) {
            int index = label;
            long things = pictures.stream()
                    .flatMap(picture -> picture.truth().classes().stream())
                    .filter(which -> which == index)
                    .count();
            if (things > 0) {
                classes.put(labels.get(label), average(trials(pictures, labels.get(label), label, threshold), things));
            }
        }
        return new AveragePrecision(threshold, classes);
    }

    /** The mean over the classes of which there are things: mAP. Not a number if there are none. */
    public double mean() {
        return classes.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    private record Trial(double score, boolean right) {}

    /** The findings of one class, in the order of the pictures. */
    private static List<Trial> trials(List<DetectedPicture> pictures, String label, int index, double threshold) {
        List<Trial> trials = new ArrayList<>();
        for (DetectedPicture picture : pictures) {
            List<Box> things = new ArrayList<>();
            for (int i = 0; i < picture.truth().size(); i++) {
                if (picture.truth().classes().get(i) == index) {
                    things.add(picture.truth().boxes().get(i));
                }
            }
            picture.found().stream()
                    .filter(found -> found.label().equals(label))
                    .sorted(Comparator.comparingDouble(Detection::score).reversed())
                    .limit(MOST)
                    .forEach(found -> trials.add(new Trial(found.score(), take(things, found.box(), threshold))));
        }
        return trials;
    }

    /** Whether a thing that is still there is overlapped enough; it is then gone. */
    private static boolean take(List<Box> things, Box box, double threshold) {
        int best = -1;
        double most = threshold;
        for (int i = 0; i < things.size(); i++) {
            double overlap = box.overlap(things.get(i));
            if (overlap >= most) {
                most = overlap;
                best = i;
            }
        }
        if (best >= 0) {
            things.remove(best);
        }
        return best >= 0;
    }

    private static double average(List<Trial> trials, long things) {
        List<Trial> ranked = trials.stream()
                .sorted(Comparator.comparingDouble(Trial::score).reversed())
                .toList();
        double[] best = new double[RECALLS + 1]; // the highest precision at each recall
        long right = 0;
        for (int i = 0; i < ranked.size(); i++) {
            if (ranked.get(i).right()) {
                right++;
                double precision = right / (i + 1.0);
                int recall = (int) (right * RECALLS / things); // the highest step that is reached
                best[recall] = Math.max(best[recall], precision);
            }
        }
        for (int recall = RECALLS - 1; recall >= 0; recall--) {
            best[recall] = Math.max(best[recall], best[recall + 1]);
        }
        return Arrays.stream(best).average().orElseThrow();
    }
}
