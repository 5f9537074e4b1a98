package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.PngImages;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.protocol.AttributeBench.Shot;
import dev.hapax.evaluation.report.ColumnSheet;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Sheet;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From what was measured of the images to a report with a contact sheet.
 *
 * @param bench what was run
 * @param results in the order of its cells
 * @param products the images
 */
record AttributeFindings(AttributeBench bench, List<GridResult> results, Products products) {
    private static final int SHOWN = 0; // which image of each prompt

    Findings all() {
        AttributeScores scores = new AttributeScores(bench, results);
        BufferedImage sheet = sheet().image();
        Report report = new Report(
                bench.title(),
                "A neutral prompt such as \"a teapot\" is drawn again with one word added, which was learned from one of "
                        + bench.references().size()
                        + " picture(s). Intervals and verdicts speak about other pictures.",
                new AttributeClaims(scores).all(),
                new AttributeTables(scores).all(),
                List.of(),
                run());
        Sheet page = new Sheet(
                "All pictures",
                "The first image of each prompt. From left to right: the picture, the image without a word, and with one.",
                false,
                List.of(new Sheet.Strip("", List.of(new Sheet.Picture(sheet, "")))));
        return new Findings(report, List.of(page), Map.of("attributes.png", PngImages.toBytes(sheet)));
    }

    /** A line for each picture, with the first image of each word. */
    private ColumnSheet sheet() {
        List<String> words =
                Arrays.stream(Attribute.values()).map(Attribute::toString).toList();
        List<ColumnSheet.Group> groups = new ArrayList<>();
        groups.add(new ColumnSheet.Group("", List.of("picture", "no word")));
        for (AttributeRow row : AttributeRow.values()) {
            groups.add(new ColumnSheet.Group(row.toString(), words));
        }
        List<ColumnSheet.Line> lines = new ArrayList<>();
        for (int i = 0; i < bench.references().size(); i++) {
            AttributeReference reference = bench.references().get(i);
            List<BufferedImage> images =
                    new ArrayList<>(List.of(reference.subject().pictures().get(0), image(i, Optional.empty())));
            for (AttributeRow row : AttributeRow.values()) {
                for (Attribute attribute : Attribute.values()) {
                    images.add(image(i, AttributeScores.added(row, attribute)));
                }
            }
            lines.add(new ColumnSheet.Line(reference.text(), images));
        }
        return new ColumnSheet(groups, lines);
    }

    private BufferedImage image(int reference, Optional<AttributeBench.Added> added) {
        return Sheets.drawn(products, bench.drawn(new Shot(reference, SHOWN, added)));
    }

    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>(bench.settings());
        Ground ground = bench.ground();
        run.put("model", ground.model() + ", sha256 " + ground.modelHash());
        ground.judges().forEach((judge, hash) -> run.put("judge " + judge, "sha256 " + hash));
        bench.courses().forEach((row, course) -> run.put(row.toString(), course.text()));
        run.put("MATTE's cells", "the paper's, by depth");
        for (Attribute attribute : Attribute.values()) {
            run.put("prompts, " + attribute, prompts(attribute));
        }
        bench.references()
                .forEach(reference -> run.put(
                        reference.subject().name(),
                        reference.text() + ", " + reference.subject().text()));
        run.put("drawing", bench.drawing().text());
        run.put("cells", String.valueOf(results.size()));
        return run;
    }

    /** The first prompt of each row. */
    private String prompts(Attribute attribute) {
        return String.join(
                " | ",
                Stream.of(AttributeRow.values())
                        .map(row -> bench.prompt(new Shot(0, SHOWN, AttributeScores.added(row, attribute))))
                        .distinct()
                        .toList());
    }
}
