package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How figures change over training, for variants whose words are kept after several steps.
 *
 * @param comparison what was compared
 * @param samples what was measured
 */
record LearningCurves(Comparison comparison, Samples samples) {

    /** Measured values. */
    @FunctionalInterface
    interface Samples {
        /** Those of a variant and figure that are wanted; empty if there are none. */
        Optional<Sample> of(String variant, Figure figure, Predicate<Score> wanted);
    }

    List<Curves> all() {
        List<Curves> curves = new ArrayList<>();
        List<String> several = comparison.entries().stream()
                .filter(entry -> entry.steps().size() > 1)
                .map(Entry::variant)
                .distinct()
                .toList();
        if (!several.isEmpty() && several.size() <= Curves.MOST) {
            curve(
                    curves,
                    several,
                    "Editability over training",
                    "Text alignment of images whose prompt asks for another place or style.",
                    Figure.TEXT);
            curve(
                    curves,
                    several,
                    "Likeness over training",
                    "Image alignment of the same images with the crop of the word's thing.",
                    Figure.CROP);
        }
        return curves;
    }

    private void curve(List<Curves> curves, List<String> variants, String name, String text, Figure figure) {
        List<Curves.Series> series = new ArrayList<>();
        for (String variant : variants) {
            List<Curves.Point> points = new ArrayList<>();
            TreeSet<Long> steps = new TreeSet<>();
            comparison.entries().stream()
                    .filter(entry -> entry.variant().equals(variant))
                    .forEach(entry -> steps.addAll(entry.steps()));
            for (long step : steps) {
                samples.of(variant, figure, score -> isOnCurve(score.place(), step))
                        .ifPresent(sample -> points.add(new Curves.Point(
                                step, Bootstrap.DEFAULT.mean(sample).mean())));
            }
            if (!points.isEmpty()) {
                series.add(new Curves.Series(variant, points));
            }
        }
        if (!series.isEmpty()) {
            curves.add(
                    new Curves(name, text, "optimiser steps", figure.measure().name(), series));
        }
    }

    /** Every point is the mean of the same prompts and seeds. */
    private boolean isOnCurve(Planned place, long step) {
        return place.step() == step
                && place.image() >= 0
                && place.image() < comparison.drawing().curveSeeds()
                && place.ask().filter(Ask::isEdit).isPresent();
    }
}
