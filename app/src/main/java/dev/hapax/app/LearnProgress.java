package dev.hapax.app;

import dev.hapax.learning.LoraShare;
import dev.hapax.learning.MemoryEstimate;
import dev.hapax.learning.PictureFile;
import dev.hapax.run.Learning;
import dev.hapax.run.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows how far learning is; before it, how far the drawing of what regularises is. */
final class LearnProgress implements Learning.Listener {
    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;

    private final Console console;
    private final ProgressBar bar;
    private long last;
    private @Nullable ProgressBar drawing;

    LearnProgress(Console console, ProgressBar bar) {
        this.console = console;
        this.bar = bar;
    }

    @Override
    public void memory(MemoryEstimate asked, MemoryEstimate twice) {
        String parts = String.format(
                "weights %s, optimiser %s, activations %s",
                size(asked.weights()), size(asked.optimiser()), size(asked.activations()));
        String less = asked.equals(twice) ? "" : "; --checkpointing would need about " + size(twice.total());
        console.err().println("hapax: this will need about " + size(asked.total()) + " (" + parts + ")" + less);
    }

    /** They are cut out of the prompt, which may say more behind a word than its class. */
    @Override
    public void classes(Map<String, String> classes) {
        String all = classes.entrySet().stream()
                .map(of -> of.getKey() + " as a kind of \"" + of.getValue() + "\"")
                .collect(Collectors.joining(", "));
        console.err().println("hapax: learns " + all + "; name another class with --class \"<word>=NAME\"");
    }

    @Override
    public void cropped(List<PictureFile> pictures) {
        PictureFile first = pictures.get(0);
        int width = first.image().getWidth();
        int height = first.image().getHeight();
        String others = pictures.size() == 1 ? "" : " and " + (pictures.size() - 1) + " more";
        console.err()
                .println("hapax: " + first.path() + " (" + width + " x " + height + ")" + others
                        + ": the middle square is learned; crop it yourself to choose, or take all of it, out of shape,"
                        + " with --squeeze");
    }

    /** In the larger unit that makes at least 1 of it. */
    private static String size(long bytes) {
        return bytes >= GIBI
                ? String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBI)
                : String.format(Locale.ROOT, "%d MiB", Math.round((double) bytes / MEBI));
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
    public void exported(LoraShare share) {
        bar.close();
        console.err().println("hapax: " + share);
    }

    @Override
    public void step(Metric metric, long all) {
        bar.advance(metric.step() - last, String.format(Locale.ROOT, "loss %.4f", metric.total()));
        last = metric.step();
    }
}
