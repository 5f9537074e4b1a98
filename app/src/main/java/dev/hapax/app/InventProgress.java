package dev.hapax.app;

import dev.hapax.method.conceptlab.Question;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.run.Inventing;
import dev.hapax.run.Metric;
import java.util.Locale;

/** Shows how far inventing is and what the word is taken for. */
final class InventProgress implements Inventing.Listener {
    private final Console console;
    private final ProgressBar bar;
    private long last;

    InventProgress(Console console, ProgressBar bar) {
        this.console = console;
        this.bar = bar;
    }

    @Override
    public void step(Metric metric, long steps) {
        bar.advance(
                metric.step() < last ? metric.step() : metric.step() - last, // another child begins
                String.format(Locale.ROOT, "loss %.4f", metric.total()));
        last = metric.step();
    }

    @Override
    public void thresholds(Thresholds thresholds) {
        console.err()
                .printf(
                        Locale.ROOT,
                        "hapax: alike enough from a cosine of %.3f on, different enough below %.3f%n",
                        thresholds.ceiling(),
                        thresholds.floor());
    }

    @Override
    public void asked(Question question) {
        String answer = question.answers().isEmpty()
                ? "nothing"
                : String.format(
                        Locale.ROOT,
                        "%s (%.2f)",
                        question.answers().get(0).text(),
                        question.answers().get(0).confidence());
        console.err()
                .println("hapax: step " + question.step() + ": looks like " + answer
                        + (question.named().isPresent() ? ", which it shall not be" : ""));
    }
}
