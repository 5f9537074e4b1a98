package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.protocol.AttributeBench.Added;
import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Images with the word of an attribute beside the truth about it: what Agarwal et al. 2025 measure, by a secondary source, and
 * the palettes of their ground truth for color.
 *
 * @param scores what was measured
 */
record AttributeTruth(AttributeScores scores) {

    /**
     * A column.
     *
     * @param attribute whose word is added
     * @param key of the number
     * @param measure what it means
     */
    private record Column(Attribute attribute, String key, Measure measure) {}

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                Attribute.COLOR,
                AttributeWork.PALETTE,
                new Measure(
                        Attribute.COLOR + ": palette",
                        "mean CIEDE2000 between the five main colors of image and picture, each and the nearest of the"
                                + " other's",
                        Better.LOWER,
                        1)));
        for (Attribute attribute : Attribute.values()) {
            columns.add(new Column(
                    attribute,
                    AttributeWork.IMAGE,
                    new Measure(
                            attribute + ": CLIP image",
                            "cosine of the image with the picture; CLIP, images",
                            Better.HIGHER,
                            3)));
            columns.add(new Column(
                    attribute,
                    AttributeWork.TEXT + attribute,
                    new Measure(
                            attribute + ": CLIP text",
                            "cosine of the image with the picture's " + attribute + " in words; CLIP",
                            Better.HIGHER,
                            3)));
        }
        return columns;
    }

    Table table() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("no word", figures(attribute -> Optional.empty())));
        for (AttributeRow row : AttributeRow.values()) {
            rows.add(new Row(row.toString(), figures(attribute -> AttributeScores.added(row, attribute))));
        }
        return new Table(
                "Each word beside the truth about its attribute",
                "Images with the word of the attribute in the heading.",
                "method",
                columns().stream().map(Column::measure).toList(),
                rows);
    }

    private Map<String, Interval> figures(Function<Attribute, Optional<Added>> added) {
        Map<String, Interval> figures = new LinkedHashMap<>();
        for (Column column : columns()) {
            figures.put(
                    column.measure().name(),
                    scores.interval(scores.number(added.apply(column.attribute()), column.key())));
        }
        return figures;
    }
}
