package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.protocol.ConceptPairs.Concept;
import dev.hapax.evaluation.protocol.ConceptPairs.Pairing;
import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.MatrixPicture;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was measured of every two concepts.
 *
 * @param pairs the concepts
 * @param pairings their images
 * @param results of all cells, those of the images first
 */
record PairScores(ConceptPairs pairs, List<Pairing> pairings, List<GridResult> results) {
    private static final String COMPOSITION = "mean text alignment of the pair's images";

    /** What is measured of an image, by the key of its figure. */
    static final Map<String, Measure> MEASURES = measures();

    private static Map<String, Measure> measures() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put(Figure.TEXT.key(), Figure.TEXT.measure());
        for (Figure figure : Figure.coi()) {
            Measure one = figure.measure();
            measures.put(
                    figure.key(),
                    new Measure(
                            one.name().replace("CoI", "things present"),
                            "share of the prompt's two things that are there; judged as for " + one.name(),
                            Better.HIGHER,
                            3));
        }
        return Collections.unmodifiableMap(measures);
    }

    /** What was measured of an image, if it was. */
    Optional<Double> value(int pairing, String key) {
        JsonNode number = results.get(pairing).value().path(WordWork.NUMBERS).path(key);
        return number.isNumber() ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    /** The mean text alignment of the images that are wanted; not a number if there are none. */
    double mean(Predicate<Pairing> wanted) {
        return IntStream.range(0, pairings.size())
                .filter(i -> wanted.test(pairings.get(i)))
                .mapToDouble(i -> value(i, Figure.TEXT.key()).orElseThrow())
                .average()
                .orElse(Double.NaN);
    }

    /** Whether an image shows a concept. */
    static boolean holds(Pairing pairing, int concept) {
        return pairing.first() == concept || pairing.second() == concept;
    }

    /** Concepts from those that compose best to those that do it worst. */
    List<Integer> order() {
        double[] means = new double[pairs.concepts().size()];
        for (int i = 0; i < means.length; i++) {
            int concept = i;
            means[i] = mean(pairing -> holds(pairing, concept));
        }
        return IntStream.range(0, means.length)
                .boxed()
                .sorted(Comparator.comparingDouble(concept -> -means[concept]))
                .toList();
    }

    /** Text alignment of every two, best concepts first. */
    MatrixPicture matrix() {
        List<Integer> order = order();
        List<double[]> values = new ArrayList<>();
        for (int row : order) {
            values.add(order.stream()
                    .mapToDouble(
                            column -> mean(pairing -> row != column && holds(pairing, row) && holds(pairing, column)))
                    .toArray());
        }
        List<Concept> concepts = order.stream().map(pairs.concepts()::get).toList();
        Set<String> learned = concepts.stream()
                .filter(concept -> concept.part().isLearned())
                .map(Concept::name)
                .collect(Collectors.toSet());
        return new MatrixPicture(concepts.stream().map(Concept::name).toList(), learned, COMPOSITION, values);
    }

    /** The numbers of a matrix, a pair in each line. */
    static String csv(MatrixPicture matrix) {
        StringBuilder text = new StringBuilder("first,second,text_alignment\n");
        for (int row = 0; row < matrix.names().size(); row++) {
            for (int column = row + 1; column < matrix.names().size(); column++) {
                double value = matrix.values().get(row)[column];
                if (Double.isFinite(value)) {
                    text.append(matrix.names().get(row) + "," + matrix.names().get(column) + "," + value + "\n");
                }
            }
        }
        return text.toString();
    }

    /** Values of the images of a concept, grouped by its partners; empty if there are none. */
    Optional<Sample> sample(int concept, String key) {
        List<Observation> values = new ArrayList<>();
        for (int i = 0; i < pairings.size(); i++) {
            Pairing pairing = pairings.get(i);
            if (holds(pairing, concept)) {
                int other = pairing.first() == concept ? pairing.second() : pairing.first();
                String name = pairing.toString();
                String group = pairs.concepts().get(other).name();
                value(i, key).ifPresent(value -> values.add(new Observation(name, group, value)));
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
    }
}
