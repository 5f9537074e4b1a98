package dev.hapax.evaluation.report;

import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.WriteFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A report as files:
 *
 * <pre>
 * report.html     the page, with everything in it
 * report.json     the figures, to be read again
 * report.md       claims and tables, to be committed
 * tables.csv      one figure per line
 * claims.csv      one claim per line
 * curves.csv      one point per line
 * </pre>
 *
 * @param root the folder
 */
public record ReportFolder(Path root) {
    static final String JSON = "report.json";

    /** The page. */
    public Path page() {
        return root.resolve("report.html");
    }

    /**
     * Checks that no report of something else would be written over.
     *
     * @param title of the report that is to be written
     * @throws IllegalArgumentException if there is a report with another title
     */
    public void requireOf(String title) {
        if (!Files.exists(root.resolve(JSON))) {
            return;
        }
        String there = ReportJson.read(root).title();
        if (!there.equals(title)) {
            throw new IllegalArgumentException("in " + root + " there is a report \"" + there + "\", and \"" + title
                    + "\" would take its place; give another --out");
        }
    }

    /** Writes all files, in place of those that may be there. */
    public void write(Report report, List<Sheet> sheets) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new WriteFailedException(root, e);
        }
        write(JSON, ReportJson.text(report));
        write("report.md", new ReportMarkdown(report).text());
        write("tables.csv", ReportCsv.tables(report));
        write("claims.csv", ReportCsv.claims(report));
        write("curves.csv", ReportCsv.curves(report));
        write("report.html", new ReportPage(report, sheets).html()); // last: it alone needs fonts
    }

    private void write(String name, String text) {
        AtomicFile.write(root.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
