package dev.hapax.app;

import dev.hapax.run.Learning;
import dev.hapax.run.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows how far learning is; before it, how far the drawing of what regularises is. */
final class LearnProgress implements Learning.Listener {
    private final Console console;
    private final ProgressBar bar;
    private long last;
    private @Nullable ProgressBar drawing;

    LearnProgress(Console console, ProgressBar bar) {
        this.console = console;
        this.bar = bar;
    }

    @Override
    public void regularising(int done, int all) {
        if (drawing == null) {
            drawing = console.progress("drawing what regularises", all);
            drawing.advance(done - 1, "");
        }
        drawing.advance(1, "");
        if (done == all) {
            drawing.close();
        }
    }

    @Override
    public void step(Metric metric, long all) {
        bar.advance(metric.step() - last, String.format(Locale.ROOT, "loss %.4f", metric.total()));
        last = metric.step();
    }
}
