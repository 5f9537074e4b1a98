package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Verdict;
import dev.hapax.picturebook.world.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Made-up numbers: the variant "good" has 0.5 and a little for each picture, "bad" 0.25 less. */
class ScoresTest {
    private static final int PICTURES = 6;
    private static final Ground GROUND = TinyGround.drawn();
    private static final Course COURSE = new Course(List.of(1L, 2L), 0.01, 2, 7, List.of("{}"));
    private static final List<Ask> ASKS = List.of(
            Ask.of("alone", "a picture of <a>", List.of("<a>")),
            Ask.of("on a beach", "a picture of <a> on a beach", List.of("<a>")).at(Background.BEACH));

    private static Comparison comparison(Comparison.Unit unit) {
        List<Entry> entries = new ArrayList<>();
        for (String variant : List.of("good", "bad")) {
            for (int i = 0; i < PICTURES; i++) {
                Subject subject = Subject.of(PairScene.of(80_000_000 + i, 32));
                Variant named = Variant.of(variant, McplProtocol.ONE.method(), McplProtocol.ONE.settings());
                entries.add(new Entry(variant, subject, ASKS, COURSE.products(named, subject, GROUND), COURSE.steps()));
            }
        }
        Promise promise = new Promise("somebody", Figure.MASK_IOU, "good", "bad");
        Promise unmeasured = new Promise("somebody", Figure.DINO, "good", "bad");
        return new Comparison(
                "title",
                "lead",
                unit,
                GROUND,
                Map.of("good", COURSE, "bad", COURSE),
                new Drawing(2, 4, "ddim", 2, 1, 7),
                entries,
                List.of(promise, unmeasured),
                Map.of(),
                Map.of());
    }

    private static Report report(Comparison.Unit unit) {
        return report(comparison(unit));
    }

    private static Report report(Comparison comparison) {
        List<Planned> planned = comparison.planned();
        List<GridResult> results = planned.stream()
                .map(place -> new GridResult(place.cell(), made(place)))
                .toList();
        return new Scores(comparison, planned, results).report();
    }

    private static ObjectNode made(Planned place) {
        double value = (place.entry().variant().equals("good") ? 0.5 : 0.25)
                + 0.01 * (place.entry().subject().name().charAt(13) - '0');
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (place.ask().isEmpty()) {
            for (String word : PairScene.WORDS) {
                node.withObject("/" + word).putObject("numbers").put("mask_iou", value);
            }
            return node;
        }
        boolean edit = place.ask().orElseThrow().isEdit();
        ObjectNode numbers = node.putObject("numbers");
        if (place.image() < 0) {
            return node;
        }
        numbers.put("text", value + (edit ? 0.1 : 0) + 0.2 * place.image() + 10 * (2 - place.step()));
        numbers.put("draws_own", edit ? 0 : 1);
        numbers.put("place_changed", edit ? 1 : 0);
        return node;
    }

    private static Interval figure(Report report, String table, String row, String measure) {
        return Objects.requireNonNull(table(report, table).rows().stream()
                .filter(each -> each.name().equals(row))
                .findFirst()
                .orElseThrow()
                .figures()
                .get(measure));
    }

    private static Table table(Report report, String name) {
        return report.tables().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void figuresAreMeansOverTheWordsOfAllPicturesAtTheEnd() {
        Report report = report(Comparison.Unit.SUBJECT);
        assertEquals(0.525, figure(report, "Words", "good", "mask IoU").mean(), 1e-9);
        assertEquals(PICTURES, figure(report, "Words", "good", "mask IoU").n());
        // half of the images are edits, half are second images; half learned words are not among them
        assertEquals(
                0.525 + 0.05 + 0.1,
                figure(report, "Images", "good", "text alignment").mean(),
                1e-9);
        assertEquals(1, figure(report, "Words", "good", "draws own").mean(), 1e-9, "edits say nothing about leakage");
    }

    @Test
    void aPromiseMayBeAboutImagesOfSomeWords() {
        Promise promise = new Promise("somebody", Figure.TEXT, "good", "bad");
        assertEquals(
                "text alignment of <a>: good > bad", promise.of(List.of("<a>")).text());
        assertEquals(1, claims(promise.of(List.of("<a>"))).size());
        assertEquals(List.of(), claims(promise.of(List.of("<b>"))), "no image has <b>");
        assertEquals(
                "text alignment of <a> and <b>: good > bad",
                promise.of(List.of("<a>", "<b>")).text());
        assertEquals(List.of(), claims(promise.of(List.of("<a>", "<b>"))), "no image has both");
    }

    @Test
    void aPartOfTheEvaluationHasATableAndClaimsOfItsOwn() {
        List<Ask> asks = List.of(
                ASKS.get(0).partOf("plain ones"),
                Ask.of("with a mug", "a picture of <a> and a mug", List.of("<a>"))
                        .lookingFor(List.of("mug"))
                        .at(Background.BEACH));
        Comparison made = comparison(Comparison.Unit.SUBJECT);
        List<Entry> entries = made.entries().stream()
                .map(entry -> new Entry(entry.variant(), entry.subject(), asks, entry.words(), entry.steps()))
                .toList();
        Promise promise = new Promise("somebody", Figure.TEXT, "good", "bad");
        Report report = report(new Comparison(
                "title",
                "lead",
                made.unit(),
                GROUND,
                made.courses(),
                made.drawing(),
                entries,
                List.of(promise.in("plain ones"), promise.in("others")),
                Map.of(),
                Map.of()));
        assertEquals(1, report.claims().size(), "there are no others");
        Interval half = figure(report, "plain ones", "good", "text alignment");
        assertEquals(0.525 + 0.1, half.mean(), 1e-9);
        assertEquals(
                1,
                table(report, "plain ones").rows().get(0).figures().size(),
                "only what was measured: " + table(report, "plain ones"));
    }

    private static List<Claim> claims(Promise promise) {
        Comparison made = comparison(Comparison.Unit.SUBJECT);
        return report(new Comparison(
                        made.title(),
                        made.lead(),
                        made.unit(),
                        made.ground(),
                        made.courses(),
                        made.drawing(),
                        made.entries(),
                        List.of(promise),
                        made.settings(),
                        made.given()))
                .claims();
    }

    @Test
    void unitsArePicturesOrPrompts() {
        assertEquals(
                PICTURES,
                figure(report(Comparison.Unit.SUBJECT), "Images", "bad", "text alignment")
                        .n());
        assertEquals(
                2,
                figure(report(Comparison.Unit.ASK), "Images", "bad", "text alignment")
                        .n());
    }

    @Test
    void changesAreToldByWhatWasAskedFor() {
        Report report = report(Comparison.Unit.SUBJECT);
        assertEquals(
                0,
                figure(report, "What changes when the prompt asks for nothing", "good", "place")
                        .mean(),
                1e-12);
        assertEquals(
                1,
                figure(report, "What changes when the prompt asks for another place", "good", "place")
                        .mean(),
                1e-12);
        assertTrue(
                report.tables().stream().noneMatch(each -> each.name().endsWith("another style")),
                "nobody asked for a style");
    }

    @Test
    void claimsAreDecidedByPairs() {
        List<Claim> claims = report(Comparison.Unit.SUBJECT).claims();
        assertEquals(1, claims.size(), "what was not measured is not claimed");
        Claim claim = claims.get(0);
        assertEquals("mask IoU: good > bad", claim.name());
        assertEquals(0.25, claim.difference().mean(), 1e-9);
        assertEquals(0.25, claim.difference().low(), 1e-9, "pairs take the pictures' differences out");
        assertEquals(Verdict.HOLDS, claim.verdict());
    }

    @Test
    void curvesCompareTheSameImagesAtEachStep() {
        List<Curves> curves = report(Comparison.Unit.SUBJECT).curves();
        assertEquals(
                List.of("Editability over training"),
                curves.stream().map(Curves::name).toList());
        Curves.Series good = curves.get(0).series().get(0);
        assertEquals("good", good.name());
        assertEquals(
                List.of(1.0, 2.0), good.points().stream().map(Curves.Point::x).toList());
        assertEquals(0.525 + 0.1 + 10, good.points().get(0).y(), 1e-9);
        assertEquals(0.525 + 0.1, good.points().get(1).y(), 1e-9, "of the first image only, as at the other steps");
    }

    @Test
    void cellsAreDescribedByWhatDecidesThem() {
        Comparison comparison = comparison(Comparison.Unit.SUBJECT);
        List<Planned> planned = comparison.planned();
        // for each of 12: a look; 2 asks x 2 images; a half learned edit; 2 spreads
        assertEquals(12 * (1 + 4 + 1 + 2), planned.size());
        long distinct =
                planned.stream().map(place -> place.cell().key()).distinct().count();
        assertEquals(planned.size() / 2, distinct, "both variants learn alike, so their cells are the same");
        List<String> subjects =
                planned.stream().map(place -> place.entry().subject().name()).toList();
        List<String> inTurn = IntStream.range(0, subjects.size())
                .filter(i -> i == 0 || !subjects.get(i).equals(subjects.get(i - 1)))
                .mapToObj(subjects::get)
                .toList();
        assertEquals(subjects.stream().distinct().toList(), inTurn, "one subject with all its rows after another");
    }
}
