package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.protocol.AttributeScores.Value;
import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tables of the attributes: a matrix for each row, color against style, and what changes at all.
 *
 * @param scores what was measured
 */
record AttributeTables(AttributeScores scores) {
    private static final String WORD = "word";
    private static final Measure BOX = new Measure(
            "box",
            "how much more the surest thing's box overlaps that of the picture's thing (intersection over union) than without"
                    + " the word; reader",
            Better.NEITHER,
            2);
    private static final Measure CONFUSION = new Measure(
            "confusion", "style moved by the color's word, plus color moved by the style's", Better.LOWER, 2);
    private static final Measure OWN =
            new Measure("own", "color moved by its word, plus style moved by its word", Better.HIGHER, 2);
    private static final Measure SEPARATION = new Measure("separation", "own less confusion", Better.HIGHER, 2);

    List<Table> all() {
        List<Table> tables = new ArrayList<>();
        for (AttributeRow row : AttributeRow.values()) {
            tables.add(matrix(row));
        }
        tables.add(colorAndStyle());
        tables.add(new AttributeTruth(scores).table());
        tables.add(changes());
        return tables;
    }

    private Table matrix(AttributeRow row) {
        List<Measure> measures = new ArrayList<>(measures(
                "share of images whose %s became the picture's when the word was added, less the share of those that had it"
                        + " only without; reader"));
        List<Row> rows = new ArrayList<>();
        for (Attribute word : Attribute.values()) {
            Map<String, Interval> figures = figures(measures, attribute -> scores.moved(row, word, attribute));
            figures.put(BOX.name(), scores.interval(scores.boxed(row, word)));
            rows.add(new Row(word(row, word), figures));
        }
        measures.add(BOX);
        return new Table(
                "What each word moves: " + row,
                "Images of a neutral thing with one word added, against those from the same noise without it.",
                WORD,
                measures,
                rows);
    }

    /** The same attributes of what is seen, whether or not it is the picture's. */
    private Table changes() {
        List<Measure> measures = measures(
                "share of images whose %s is another than in the one from the same noise without the word; reader");
        List<Row> rows = new ArrayList<>();
        for (AttributeRow row : AttributeRow.values()) {
            for (Attribute word : Attribute.values()) {
                rows.add(new Row(
                        row + ": " + word(row, word),
                        figures(measures, attribute -> scores.changed(row, word, attribute))));
            }
        }
        return new Table(
                "What changes at all",
                "Also to something that is not in the picture: any other prompt draws another image.",
                WORD,
                measures,
                rows);
    }

    private Table colorAndStyle() {
        AttributeClaims claims = new AttributeClaims(scores);
        List<Row> rows = Arrays.stream(AttributeRow.values())
                .map(row -> new Row(
                        row.toString(),
                        Map.of(
                                OWN.name(), scores.interval(claims.own(row)),
                                CONFUSION.name(), scores.interval(claims.confusion(row)),
                                SEPARATION.name(), scores.interval(claims.separation(row)))))
                .toList();
        return new Table(
                "Color and style",
                "How much each of the two words moves its own attribute, and how much the other's.",
                "method",
                List.of(OWN, CONFUSION, SEPARATION),
                rows);
    }

    private Map<String, Interval> figures(List<Measure> measures, Function<Attribute, Value> values) {
        Map<String, Interval> figures = new LinkedHashMap<>();
        for (Attribute attribute : Attribute.values()) {
            figures.put(measures.get(attribute.ordinal()).name(), scores.interval(values.apply(attribute)));
        }
        return figures;
    }

    private static List<Measure> measures(String meaning) {
        return Arrays.stream(Attribute.values())
                .map(attribute -> new Measure(attribute.toString(), meaning.formatted(attribute), Better.NEITHER, 2))
                .toList();
    }

    private static String word(AttributeRow row, Attribute attribute) {
        String word = row.method().isEmpty() ? "in words" : row.usesOwnWords() ? attribute.word() : AttributeRow.WORD;
        return attribute + " (" + word + ")";
    }
}
