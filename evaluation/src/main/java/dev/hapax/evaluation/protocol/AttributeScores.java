package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.protocol.AttributeBench.Added;
import dev.hapax.evaluation.protocol.AttributeBench.Shot;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What was measured of the images, each compared with the one without a word. */
final class AttributeScores {
    private final AttributeBench bench;
    private final Map<Shot, Reading> readings = new HashMap<>();
    private final Map<Shot, JsonNode> numbers = new HashMap<>();

    /**
     * Takes results.
     *
     * @param results in the order of the bench's cells
     */
    AttributeScores(AttributeBench bench, List<GridResult> results) {
        this.bench = bench;
        List<Shot> shots = bench.shots();
        for (int i = 0; i < shots.size(); i++) {
            JsonNode result = results.get(i).value();
            readings.put(shots.get(i), ReadingJson.read(result.path(AttributeWork.READING)));
            numbers.put(shots.get(i), result.path(WordWork.NUMBERS));
        }
    }

    /** A number for each picture and image. */
    @FunctionalInterface
    interface Value {
        /** That of an image, by the numbers of picture and image. */
        double of(int reference, int image);
    }

    /** All images, grouped by the pictures that the words were learned from. */
    private Sample sample(Value value) {
        List<Observation> values = new ArrayList<>();
        for (int reference = 0; reference < bench.references().size(); reference++) {
            String name = bench.references().get(reference).subject().name();
            for (int image = 0; image < bench.drawing().seeds(); image++) {
                values.add(new Observation(name + " | " + image, name, value.of(reference, image)));
            }
        }
        return new Sample(values);
    }

    /** The mean of all images, with its interval over pictures. */
    Interval interval(Value value) {
        return Bootstrap.DEFAULT.mean(sample(value));
    }

    /** Whether an attribute became the picture's: 1, 0, or -1 if the image had it before the word was added. */
    Value moved(AttributeRow row, Attribute word, Attribute attribute) {
        return (reference, image) -> shows(reference, image, added(row, word), attribute)
                - shows(reference, image, Optional.empty(), attribute);
    }

    private int shows(int reference, int image, Optional<Added> added, Attribute attribute) {
        boolean shown =
                attribute.shows(bench.references().get(reference).scene(), reading(new Shot(reference, image, added)));
        return shown ? 1 : 0;
    }

    /** Whether an attribute is another than without the word, whatever it is: 1 or 0. */
    Value changed(AttributeRow row, Attribute word, Attribute attribute) {
        return (reference, image) -> attribute
                        .seen(reading(new Shot(reference, image, added(row, word))))
                        .equals(attribute.seen(reading(new Shot(reference, image, Optional.empty()))))
                ? 0
                : 1;
    }

    /** How much more the surest thing's box overlaps that of the picture's thing with the word than without. */
    Value boxed(AttributeRow row, Attribute word) {
        return (reference, image) ->
                overlap(reference, image, added(row, word)) - overlap(reference, image, Optional.empty());
    }

    private double overlap(int reference, int image, Optional<Added> added) {
        return reading(new Shot(reference, image, added)).sightings().stream()
                .findFirst()
                .filter(thing -> thing.width() > 0 && thing.height() > 0) // the reader's sides are free numbers
                .map(thing -> Box.centred(thing.centerX(), thing.centerY(), thing.width(), thing.height())
                        .overlap(bench.references().get(reference).box()))
                .orElse(0.0);
    }

    /** A number of the images with a word, or without any. */
    Value number(Optional<Added> added, String key) {
        return (reference, image) -> Objects.requireNonNull(numbers.get(new Shot(reference, image, added)))
                .path(key)
                .asDouble(Double.NaN);
    }

    static Optional<Added> added(AttributeRow row, Attribute word) {
        return Optional.of(new Added(row, word));
    }

    private Reading reading(Shot shot) {
        return Objects.requireNonNull(readings.get(shot));
    }
}
