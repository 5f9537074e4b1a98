package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The figures of a report as CSV (RFC 4180), one per line, with all decimals. */
final class ReportCsv {
    private ReportCsv() {}

    /** {@code table, row, measure, mean, low, high, n}. */
    static String tables(Report report) {
        return csv(new String[] {"table", "row", "measure", "mean", "low", "high", "n"}, csv -> {
            for (Table table : report.tables()) {
                for (Row row : table.rows()) {
                    for (Measure measure : table.measures()) {
                        Interval figure = row.figures().get(measure.name());
                        if (figure != null) {
                            csv.printRecord(
                                    table.name(),
                                    row.name(),
                                    measure.name(),
                                    figure.mean(),
                                    figure.low(),
                                    figure.high(),
                                    figure.n());
                        }
                    }
                }
            }
        });
    }

    /** {@code claim, source, verdict, difference, low, high, n}. */
    static String claims(Report report) {
        return csv(new String[] {"claim", "source", "verdict", "difference", "low", "high", "n"}, csv -> {
            for (Claim claim : report.claims()) {
                Interval difference = claim.difference();
                csv.printRecord(
                        claim.name(),
                        claim.source(),
                        claim.verdict().words(),
                        difference.mean(),
                        difference.low(),
                        difference.high(),
                        difference.n());
            }
        });
    }

    /** {@code curves, series, x, y}. */
    static String curves(Report report) {
        return csv(new String[] {"curves", "series", "x", "y"}, csv -> {
            for (Curves curves : report.curves()) {
                for (Curves.Series series : curves.series()) {
                    for (Curves.Point point : series.points()) {
                        csv.printRecord(curves.name(), series.name(), point.x(), point.y());
                    }
                }
            }
        });
    }

    /** Prints lines. */
    @FunctionalInterface
    private interface Lines {
        void print(CSVPrinter csv) throws IOException;
    }

    private static String csv(String[] heading, Lines lines) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(
                text, CSVFormat.RFC4180.builder().setHeader(heading).get())) {
            lines.print(csv);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be written", e);
        }
        return text.toString();
    }
}
