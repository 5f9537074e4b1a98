package dev.hapax.app.demo;

import dev.hapax.app.page.AtomicPicture;
import dev.hapax.app.page.Html;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.Version;
import dev.hapax.evaluation.protocol.PairScene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The demo as one page that needs nothing beside itself: pictures and style are in it.
 *
 * @param result what it has to show
 * @param picture where the demo put the picture, as seen from where it was run
 */
record DemoPage(DemoResult result, Path picture) {

    String html() {
        List<String> parts = new ArrayList<>();
        parts.add(opening());
        parts.add(attention());
        result.groups().forEach(group -> parts.add(paintings(group)));
        parts.add(loss());
        parts.add(numbers());
        if (!result.rows().isEmpty()) {
            parts.add(ablation());
        }
        parts.add(footer());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Hapax: two words from one picture</title>
                <style>
                %s</style>
                </head>
                <body><main>
                %s
                </main></body>
                </html>
                """.formatted(DemoText.style(), String.join("\n", parts));
    }

    private String opening() {
        PairScene scene = result.scene();
        return """
                <h1>Two words from one picture</h1>
                <p class="lead">Hapax was shown this picture once, with a sentence in which two words mean nothing yet.
                It found out what they mean, and painted with them.</p>
                <div class="opening" style="margin-top:48px">%s<p class="said">“%s”</p></div>""".formatted(
                Html.image(AtomicPicture.uri(scene.picture()), "the picture"), DemoText.words(scene.sentence()));
    }

    private String attention() {
        List<String> figures = new ArrayList<>();
        result.scores()
                .forEach((word, score) -> figures.add(Html.figure(
                        AtomicPicture.uri(OutlinedHeat.of(result.scene(), score)),
                        "where " + word + " looks",
                        DemoText.words(word) + " should be the "
                                + result.scene().noun(word)
                                + ". White: its true outline. Overlap with it: "
                                + decimals(score.overlap(), 2) + ".")));
        return """
                <h2>What each word looks at</h2>
                <p class="lead">The brighter a place, the more the model asked this word what to paint there.</p>
                <div class="grid two" style="margin-top:28px">%s</div>""".formatted(String.join("", figures));
    }

    private String paintings(DemoResult.Group group) {
        StringBuilder figures = new StringBuilder();
        for (DemoResult.Painting painting : group.paintings()) {
            StringBuilder images = new StringBuilder();
            for (GeneratedImage image : painting.images()) {
                images.append(Html.image(AtomicPicture.uri(PngImages.toBytes(image)), painting.prompt()));
            }
            figures.append("<figure><div class=\"pair\">")
                    .append(images)
                    .append("</div><figcaption>")
                    .append(DemoText.words(painting.prompt()))
                    .append("</figcaption></figure>");
        }
        return "<h2>" + Html.escaped(group.heading()) + "</h2>\n<div class=\"grid three\" style=\"margin-top:24px\">"
                + figures + "</div>";
    }

    private String loss() {
        return """
                <h2>How it learned</h2>
                <p class="lead">%d steps. The loss jumps because every step meets another amount of noise; the line is its
                running mean. Nothing of the model changed: all that was learned are two rows of numbers.</p>
                %s""".formatted(result.metrics().size(), LossCurve.svg(result.metrics()));
    }

    private String numbers() {
        return """
                <h2>How well</h2>
                <div class="scroll"><table>
                <tr><th></th>%s<th>what it means</th></tr>
                <tr><td>Looks at its thing</td>%s<td>Overlap (intersection over union) of where the word looks with its
                thing's true outline. 1 is the outline itself.</td></tr>
                <tr><td>Draws its own thing</td>%s<td>Images of the word alone that CLIP finds nearer to its own thing than
                to the other one. Half would be chance.</td></tr>
                <tr><td>Obeys the rest of the prompt</td>%s<td>CLIP's cosine of “… on a beach” as drawn with the same as text.
                Below it, what the ordinary noun reaches.</td></tr>
                </table></div>""".formatted(
                        cells("th", this::head),
                        cells("td class=\"number\"", score -> decimals(score.overlap(), 2)),
                        cells("td class=\"number\"", DemoPage::own),
                        cells(
                                "td class=\"number\"",
                                score -> decimals(score.fidelity(), 3) + "<small>"
                                        + decimals(result.ordinary().getOrDefault(score.word(), 0.0), 3) + "</small>"));
    }

    private String head(WordScore score) {
        return DemoText.words(score.word()) + " the " + result.scene().noun(score.word());
    }

    private static String own(WordScore score) {
        return Math.round(score.leakage().ownShare() * score.leakage().images()) + " of "
                + score.leakage().images() + "<small>cosine "
                + decimals(score.leakage().own(), 2) + " to its own, "
                + decimals(score.leakage().other(), 2) + " to the other</small>";
    }

    private String cells(String tag, java.util.function.Function<WordScore, String> content) {
        return cells(result.scores(), tag, content);
    }

    private static String cells(
            Map<String, WordScore> scores, String tag, java.util.function.Function<WordScore, String> content) {
        StringBuilder cells = new StringBuilder();
        scores.values()
                .forEach(score -> cells.append("<")
                        .append(tag)
                        .append(">")
                        .append(content.apply(score))
                        .append("</")
                        .append(tag, 0, 2)
                        .append(">"));
        return cells.toString();
    }

    private String ablation() {
        StringBuilder lines = new StringBuilder();
        StringBuilder pictures = new StringBuilder();
        for (DemoResult.Row row : result.rows()) {
            lines.append("<tr><td>")
                    .append(Html.escaped(row.row().name()))
                    .append("</td>")
                    .append(cells(row.scores(), "td class=\"number\"", score -> decimals(score.overlap(), 2)))
                    .append(cells(
                            row.scores(),
                            "td class=\"number\"",
                            score -> decimals(100 * score.leakage().ownShare(), 0) + " %"))
                    .append(cells(row.scores(), "td class=\"number\"", score -> decimals(score.fidelity(), 3)))
                    .append("</tr>");
            pictures.append("<h3>").append(Html.escaped(row.row().name())).append("</h3>");
            row.scores().values().forEach(score -> {
                pictures.append("<div class=\"row\">");
                score.alone()
                        .forEach(image ->
                                pictures.append(Html.image(AtomicPicture.uri(image), score.word() + " alone")));
                pictures.append("</div>");
            });
        }
        String heads = result.scores().keySet().stream()
                .map(word -> "<th>" + DemoText.words(word) + "</th>")
                .reduce("", String::concat);
        return """
                <h2>What each part of the method is good for</h2>
                <p class="lead">The same picture, learned in other ways: every word of the sentence or only the two, with
                and without what keeps them apart. %d images behind each number.</p>
                <div class="scroll"><table>
                <tr><th></th><th colspan="2">looks at its thing</th><th colspan="2">draws its own thing</th>
                <th colspan="2">obeys the rest of the prompt</th></tr>
                <tr><th></th>%s%s%s</tr>%s</table></div>
                <p style="margin-top:40px">%s alone, then %s alone:</p>%s""".formatted(
                images(), heads, heads, heads, lines, DemoText.words(DemoPlan.A), DemoText.words(DemoPlan.B), pictures);
    }

    private int images() {
        return result.rows()
                .get(0)
                .scores()
                .values()
                .iterator()
                .next()
                .leakage()
                .images();
    }

    private String footer() {
        return """
                <h2>Do it yourself</h2>
                <pre><code>./hapax learn "%s" --prompt "%s" \\
                    --init "&lt;a&gt;=%s" --init "&lt;b&gt;=%s" --out my-words
                ./hapax generate "a sketch of &lt;a&gt; on a beach" --word my-words --count 8</code></pre>
                <footer>The picture was drawn by the program itself (scene %d), so the truth about it is known; the model
                never saw it in training. Everything was learned and painted on this machine%s. Model %s,
                sha256 %s. Seed %d. Hapax %s.</footer>""".formatted(
                        Html.escaped(picture.toString()),
                        Html.escaped(result.scene().sentence()),
                        Html.escaped(result.scene().noun(DemoPlan.A)),
                        Html.escaped(result.scene().noun(DemoPlan.B)),
                        result.scene().seed(),
                        time(result.seconds()),
                        Html.escaped(result.model()),
                        result.modelHash(),
                        result.seed(),
                        Version.CURRENT);
    }

    private static String time(OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            return ", in several goes";
        }
        long whole = Math.round(seconds.getAsDouble());
        return whole < 60
                ? " in " + whole + " seconds"
                : String.format(Locale.ROOT, " in %d:%02d minutes", whole / 60, whole % 60);
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
