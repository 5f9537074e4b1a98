package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.diffusion.PngImages;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.protocol.ConceptPairs.Pairing;
import dev.hapax.evaluation.report.MatrixPicture;
import dev.hapax.evaluation.report.PointMap;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Sheet;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.measure.PrincipalComponents;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** From what was measured of every two concepts to a table, a heat map, and a map of their words. */
final class PairFindings {
    private static final int SHOWN = 12; // pairs at either end
    private static final int FEWEST_PLACES = 3; // points that make a plane

    private final ConceptPairs pairs;
    private final List<Pairing> pairings;
    private final List<GridResult> results;
    private final Products products;
    private final PairScores scores;

    PairFindings(ConceptPairs pairs, List<GridResult> results, Products products) {
        this.pairs = pairs;
        this.pairings = pairs.pairings();
        this.results = results;
        this.products = products;
        this.scores = new PairScores(pairs, pairings, results);
    }

    Findings all() {
        MatrixPicture matrix = scores.matrix();
        BufferedImage heat = matrix.image();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("pairs.png", PngImages.toBytes(heat));
        files.put("pairs.csv", PairScores.csv(matrix).getBytes(StandardCharsets.UTF_8));
        List<Sheet> sheets = new ArrayList<>();
        sheets.add(chart("Every two concepts", "Learned ones are written in another color.", heat));
        if (pairs.concepts().size() >= FEWEST_PLACES) {
            BufferedImage map = map(matrix);
            files.put("vocabulary.png", PngImages.toBytes(map));
            sheets.add(chart(
                    "The vocabulary and the learned words",
                    "The vectors of the words along their two principal components, colored by how well a word composes"
                            + " with the others; learned words are rhombuses.",
                    map));
        }
        sheets.add(images());
        Report report = new Report(
                pairs.title(),
                "Every two of " + pairs.concepts().size()
                        + " concepts in one prompt, in both orders (Zhang et al. 2024,"
                        + " appendix). Intervals of concepts speak about other partners, those of claims about other"
                        + " learned words.",
                new PairClaims(pairs, pairings, scores::value).all(),
                List.of(table()),
                List.of(),
                run());
        return new Findings(report, sheets, files);
    }

    private static Sheet chart(String name, String text, BufferedImage image) {
        return new Sheet(name, text, false, List.of(new Sheet.Strip("", List.of(new Sheet.Picture(image, "")))));
    }

    private BufferedImage map(MatrixPicture matrix) {
        List<float[]> vectors = results.subList(pairings.size(), results.size()).stream()
                .map(result -> vector(result.value().path("vector")))
                .toList();
        List<double[]> places = PrincipalComponents.of(vectors, 2);
        List<PointMap.Point> points = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            int concept = i;
            String name = pairs.concepts().get(i).name();
            double[] place = places.get(i);
            points.add(new PointMap.Point(
                    name,
                    place[0],
                    place[1],
                    scores.mean(pairing -> PairScores.holds(pairing, concept)),
                    matrix.marked().contains(name)));
        }
        return new PointMap(points, "mean text alignment of the word's images with all others").image();
    }

    private static float[] vector(JsonNode array) {
        float[] vector = new float[array.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = array.get(i).floatValue();
        }
        return vector;
    }

    private Table table() {
        List<Row> rows = new ArrayList<>();
        Set<String> measured = new TreeSet<>();
        for (int concept : scores.order()) {
            Map<String, Interval> figures = new LinkedHashMap<>();
            PairScores.MEASURES.forEach((key, measure) -> scores.sample(concept, key)
                    .ifPresent(sample -> {
                        figures.put(measure.name(), Bootstrap.DEFAULT.mean(sample));
                        measured.add(measure.name());
                    }));
            rows.add(new Row(pairs.concepts().get(concept).name(), figures));
        }
        return new Table(
                "Concepts",
                "Images of each concept with all others.",
                "concept",
                PairScores.MEASURES.values().stream()
                        .filter(measure -> measured.contains(measure.name()))
                        .toList(),
                rows);
    }

    /** The first image of the pairs that fit best and worst. */
    private Sheet images() {
        List<Integer> order = IntStream.range(0, pairings.size())
                .filter(i -> pairings.get(i).image() == 0)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> -scores.value(i, Figure.TEXT.key()).orElseThrow()))
                .toList();
        int shown = Math.min(SHOWN, order.size() / 2);
        return new Sheet(
                "Drawn of two concepts",
                "Of the first images of all pairs, those whose text alignment is highest and lowest.",
                false,
                List.of(
                        strip("fit best", order.subList(0, shown)),
                        strip("fit worst", order.subList(order.size() - shown, order.size()))));
    }

    private Sheet.Strip strip(String name, List<Integer> which) {
        return new Sheet.Strip(
                name,
                which.stream()
                        .map(i -> new Sheet.Picture(Sheets.drawn(products, pairs.drawn(pairings.get(i))), caption(i)))
                        .toList());
    }

    private String caption(int index) {
        Pairing pairing = pairings.get(index);
        return String.format(
                Locale.ROOT,
                "%s and %s, %.3f",
                pairs.concepts().get(pairing.first()).name(),
                pairs.concepts().get(pairing.second()).name(),
                scores.value(index, Figure.TEXT.key()).orElseThrow());
    }

    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>(pairs.settings());
        Ground ground = pairs.ground();
        run.put("model", ground.model() + ", sha256 " + ground.modelHash());
        ground.judges().forEach((judge, hash) -> run.put("judge " + judge, "sha256 " + hash));
        run.put("learning", "textual inversion, " + pairs.course().text());
        pairs.concepts()
                .forEach(concept -> concept.subjects().forEach(subject -> run.put(subject.name(), subject.text())));
        run.put("drawing", pairs.drawing().text());
        run.put("cells", String.valueOf(results.size()));
        return run;
    }
}
