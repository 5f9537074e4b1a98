package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.PngImages;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Sheet;
import dev.hapax.evaluation.report.SheetPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From what judges said to a report with a contact sheet.
 *
 * @param bench what was run
 * @param planned all cells with their places
 * @param results in the same order
 * @param products with the images
 */
record InventFindings(InventBench bench, List<InventCell> planned, List<GridResult> results, Products products) {
    private static final String SHEET = "invented.png";

    Findings all() {
        InventScores scores = InventScores.of(planned, results);
        List<InventClaims> claims = bench.independent().stream()
                .map(judge -> new InventClaims(scores, judge, categories()))
                .toList();
        Report report = new Report(
                bench.title(),
                lead(claims.isEmpty()),
                claims.stream().flatMap(each -> each.all().stream()).toList(),
                new InventTables(bench, scores).all(claims),
                List.of(),
                run());
        List<Sheet> sheets = categories().stream().map(this::sheet).toList();
        return new Findings(report, sheets, Map.of(SHEET, PngImages.toBytes(new SheetPicture(sheets).image())));
    }

    private String lead(boolean nobody) {
        return bench.concepts().size() + " new members of " + categories().size()
                + " categories, each against two known ones (Richardson et al. 2024, ConceptLab). Intervals speak about other"
                + " pairs of negatives and other seeds."
                + (nobody
                        ? " No judge here is independent of what words are optimised against, so nothing is claimed; give"
                                + " another CLIP by --judge."
                        : "");
    }

    private List<String> categories() {
        return bench.concepts().stream()
                .map(InventedConcept::category)
                .distinct()
                .toList();
    }

    /** The members of a category, and below them the first image of each concept, row by row. */
    private Sheet sheet(String category) {
        Map<InventRow, List<Sheet.Picture>> strips = new LinkedHashMap<>();
        strips.put(InventRow.MEMBER, new ArrayList<>());
        for (InventCell place : planned) {
            if (place.concept().category().equals(category) && place.image() == 0) {
                place.drawn()
                        .ifPresent(drawn -> strips.computeIfAbsent(place.row(), row -> new ArrayList<>())
                                .add(new Sheet.Picture(Sheets.drawn(products, drawn), caption(place))));
            }
        }
        return new Sheet(
                category,
                "The first image of each concept.",
                false,
                strips.entrySet().stream()
                        .map(strip -> new Sheet.Strip(strip.getKey().label(), strip.getValue()))
                        .toList());
    }

    private static String caption(InventCell place) {
        List<String> two = place.concept().negatives();
        return switch (place.row()) {
            case GIVEN, FREE, PROMPTED -> "not " + two.get(0) + ", " + two.get(1);
            case MIX -> two.get(0) + " and " + two.get(1);
            case FIRST, SECOND, MEMBER -> place.thing();
            default -> "";
        };
    }

    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>(bench.settings());
        Ground ground = bench.products().ground();
        run.put("model", ground.model() + ", sha256 " + ground.modelHash());
        run.put("prior", "sha256 " + ground.prior().orElseThrow().hash());
        ground.judges().forEach((judge, hash) -> run.put("judge " + judge, "sha256 " + hash));
        if (!bench.isIndependent(InventJudge.CLIP)) {
            run.put("CLIP", "the one that words are optimised against: nothing is claimed by it");
        }
        run.put("learning", bench.products().course().text());
        run.put("drawing", bench.products().drawing().text());
        run.put("mixes", bench.mixes() + " of each category");
        bench.concepts()
                .forEach(concept -> run.put(
                        concept.name(), "not " + String.join(", ", concept.negatives()) + "; seed " + concept.seed()));
        run.put("cells", String.valueOf(results.size()));
        return run;
    }
}
