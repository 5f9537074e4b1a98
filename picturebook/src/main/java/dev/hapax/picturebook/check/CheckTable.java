package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Style;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of a check for people, in Markdown. */
record CheckTable(CheckResult result) {

    String text() {
        CheckSettings settings = result.settings();
        StringBuilder text = new StringBuilder();
        line(text, "# Check of %s", result.model());
        line(text, "");
        line(text, "Weights %s; seed %d, computed in %s.", result.hash(), settings.seed(), settings.dtype());
        line(text, "");
        reader(text);
        if (!result.drawings().isEmpty()) {
            drawings(text);
            styles(text);
        }
        result.reconstructions().ifPresent(r -> {
            line(text, "## Autoencoder");
            line(text, "");
            String judged = judged(r.psnr(), Reconstructions.BAR, 1, "dB");
            line(text, "PSNR over %d renderings: %.2f dB, bar 26 dB: %s", r.count(), r.psnr(), judged);
            line(text, "");
        });
        result.detector().ifPresent(d -> detector(text, d));
        result.prior().ifPresent(p -> {
            line(text, "## Prior");
            line(text, "");
            line(
                    text,
                    "Cosine of the sampled image embedding with the true one %.3f, with another scene's %.3f;",
                    p.own(),
                    p.other());
            line(
                    text,
                    "of the mean embedding with the true one %.3f. Nearer to its own scene: %s.",
                    p.mean(),
                    percent(p.nearer()));
        });
        return text.toString();
    }

    private void reader(StringBuilder text) {
        line(text, "## The reader itself");
        line(text, "");
        line(
                text,
                "| | %d true renderings | after the autoencoder |",
                result.settings().renderings());
        line(text, "|---|---|---|");
        for (Criterion criterion : Criterion.values()) {
            String after = result.reconstructions()
                    .map(r -> percent(r.figures().of(criterion)))
                    .orElse("-");
            line(
                    text,
                    "| %s | %s | %s |",
                    criterion.title(),
                    percent(result.renderings().of(criterion)),
                    after);
        }
        line(text, "");
    }

    private void drawings(StringBuilder text) {
        CheckSettings settings = result.settings();
        Figures drawn = result.drawn();
        line(text, "## %d held-out prompts with two things", result.drawings().size());
        line(text, "");
        line(
                text,
                "DDIM, %d steps, guidance %.1f. What is missing counts as wrong in every respect.",
                settings.steps(),
                settings.guidance());
        line(text, "");
        line(text, "| | right | 95 %% interval | where both are present | bar | |");
        line(text, "|---|---|---|---|---|---|");
        for (Criterion criterion : Criterion.values()) {
            Share share = drawn.of(criterion);
            OptionalDouble bar = criterion.bar();
            line(
                    text,
                    "| %s | %s | %.1f to %.1f %% | %s | %s | %s |",
                    criterion.title(),
                    percent(share),
                    100 * share.low(),
                    100 * share.high(),
                    percent(drawn.wherePresent(criterion)),
                    bar.isPresent() ? String.format(Locale.ROOT, "%.0f %%", 100 * bar.getAsDouble()) : "",
                    bar.isPresent() ? judged(share.value(), bar.getAsDouble(), 100, "points") : "");
        }
        line(text, "");
    }

    private void styles(StringBuilder text) {
        line(text, "By style:");
        line(text, "");
        line(text, "| | drawn | present | color | place | style | pattern | background |");
        line(text, "|---|---|---|---|---|---|---|---|");
        for (Style style : Style.values()) {
            var own = result.drawings().stream()
                    .filter(drawing -> drawing.scene().style() == style)
                    .map(Drawing::verdict)
                    .toList();
            StringBuilder row = new StringBuilder("| " + style.noun() + " | " + own.size());
            for (Criterion criterion : Criterion.values()) {
                row.append(" | ").append(percent(criterion.of(own)));
            }
            line(text, "%s |", row);
        }
        line(text, "");
    }

    private void detector(StringBuilder text, DetectorScore score) {
        double mean = score.renderings().mean();
        line(text, "## Detector");
        line(text, "");
        line(
                text,
                "Mean average precision at an overlap of %.1f over %d true renderings: %.3f, bar %.1f: %s",
                DetectorScore.OVERLAP,
                result.settings().renderings(),
                mean,
                DetectorScore.BAR,
                judged(mean, DetectorScore.BAR, 100, "points"));
        score.reconstructions().ifPresent(after -> line(text, "After the autoencoder: %.3f.", after.mean()));
        score.drawn()
                .ifPresent(drawn -> line(text, "Mean presence of what was asked for in the drawings: %.3f.", drawn));
        line(text, "");
    }

    /** "reached", or by how much not. */
    static String judged(double value, double bar, double scale, String unit) {
        return value >= bar ? "reached" : String.format(Locale.ROOT, "missed by %.1f %s", scale * (bar - value), unit);
    }

    private static String percent(Share share) {
        return share.trials() == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share.value());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
