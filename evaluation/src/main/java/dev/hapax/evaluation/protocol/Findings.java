package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.ReportFolder;
import dev.hapax.evaluation.report.Sheet;
import java.util.List;

/**
 * What came out of a comparison.
 *
 * @param report the figures
 * @param sheets pictures for the page
 */
public record Findings(Report report, List<Sheet> sheets) {
    /** Keeps a copy. */
    public Findings {
        sheets = List.copyOf(sheets);
    }

    /** Writes all files of the report. */
    public void write(ReportFolder folder) {
        folder.write(report, sheets);
    }
}
