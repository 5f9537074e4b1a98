package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.diffusion.Version;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridPlan;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.GridRunner;
import dev.hapax.evaluation.protocol.Comparison;
import dev.hapax.evaluation.protocol.Experiment;
import dev.hapax.evaluation.protocol.Findings;
import dev.hapax.evaluation.protocol.Studio;
import dev.hapax.evaluation.report.ReportFolder;
import dev.hapax.evaluation.statistics.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs an experiment to its report, or says what there is to do. */
record ComparisonRun(Console console, StudioOptions options, Studio studio) {

    /**
     * Runs it.
     *
     * @param command what decided the figures, to be written into the report
     */
    void run(Experiment experiment, String command) {
        Path cells = options.out().resolve("cells");
        if (options.dryRun()) {
            plan(experiment, cells);
            return;
        }
        ReportFolder report = new ReportFolder(options.out());
        report.requireOf(experiment.title());
        int workers = options.workers(studio);
        GridFolder folder = GridFolder.open(cells, Comparison.FORMAT);
        GridRunner runner = GridRunner.of(folder, workers);
        List<GridResult> results;
        try (ProgressBar bar = console.progress(
                "cells", Math.max(1, runner.plan(experiment.cells()).cells()))) {
            int[] done = {0};
            results = runner.run(
                    experiment.grid(studio),
                    progress -> {
                        String note = progress.done() + " of " + progress.cells() + " " + progress.last();
                        bar.advance(progress.done() - done[0], note.strip(), progress.secondsLeft());
                        done[0] = progress.done();
                    },
                    studio.stop());
        }
        Findings findings = experiment
                .with("command", command)
                .with("version", "Hapax " + Version.CURRENT)
                .findings(results, folder.products());
        findings.write(report);
        findings.report().claims().forEach(claim -> console.out().println(line(claim)));
        console.out().println(report.page());
    }

    private static String line(Claim claim) {
        return String.format(
                Locale.ROOT,
                "%-14s %s (difference %.3f, 95 %% interval %.3f to %.3f, n = %d)",
                claim.verdict().words(),
                claim.name(),
                claim.difference().mean(),
                claim.difference().low(),
                claim.difference().high(),
                claim.difference().n());
    }

    /** Leaves no folder behind where there was none. */
    private void plan(Experiment experiment, Path cells) {
        if (Files.isDirectory(cells)) {
            say(experiment, cells);
            return;
        }
        try {
            Path empty = Files.createTempDirectory("hapax-plan");
            try {
                say(experiment, empty);
            } finally {
                delete(empty);
            }
        } catch (IOException e) {
            throw new CheckpointException("a temporary folder cannot be made: " + e.getMessage(), e);
        }
    }

    private void say(Experiment experiment, Path cells) {
        int workers = options.workers(studio);
        GridPlan plan = GridRunner.of(GridFolder.open(cells, Comparison.FORMAT), workers)
                .plan(experiment.cells());
        console.out().println(plan.text());
        if (plan.seconds().isEmpty()) {
            double calls = experiment.work(plan.missing());
            double each = studio.secondsOfCall();
            console.out()
                    .printf(
                            Locale.ROOT,
                            "about %,.0f calls of the U-Net; one takes %.3f s here, which makes %s if %d worker(s) do not"
                                    + " hinder each other, and judging beside%n",
                            calls,
                            each,
                            time(calls * each / workers),
                            workers);
        }
    }

    private static String time(double seconds) {
        return seconds < 120
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < 7200
                        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
