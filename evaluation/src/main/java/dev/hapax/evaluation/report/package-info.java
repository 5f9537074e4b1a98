/**
 * What an evaluation says: {@link dev.hapax.evaluation.report.Report} holds the figures, {@link
 * dev.hapax.evaluation.report.ReportFolder} writes them as one HTML page, CSV, JSON and Markdown, and {@link
 * dev.hapax.evaluation.report.ReportComparison} says where two reports differ.
 */
@NullMarked
package dev.hapax.evaluation.report;

import org.jspecify.annotations.NullMarked;
