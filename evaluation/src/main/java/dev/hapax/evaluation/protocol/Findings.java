package dev.hapax.evaluation.protocol;

import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportFolder;
import dev.hapax.evaluation.report.Sheet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of a comparison.
 *
 * @param report the figures
 * @param sheets pictures for the page
 * @param files the bytes of further files, by name: charts, and the numbers behind them
 */
public record Findings(Report report, List<Sheet> sheets, Map<String, byte[]> files) {
    /** Without further files. */
    public Findings(Report report, List<Sheet> sheets) {
        this(report, sheets, Map.of());
    }

    /** Keeps copies. */
    public Findings {
        sheets = List.copyOf(sheets);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Writes all files of the report. */
    public void write(ReportFolder folder) {
        folder.write(report, sheets);
        files.forEach((name, bytes) -> AtomicFile.write(folder.root().resolve(name), bytes));
    }
}
