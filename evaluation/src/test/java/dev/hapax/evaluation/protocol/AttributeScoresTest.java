package dev.hapax.evaluation.protocol;

import static dev.hapax.evaluation.protocol.Attribute.COLOR;
import static dev.hapax.evaluation.protocol.Attribute.LAYOUT;
import static dev.hapax.evaluation.protocol.Attribute.OBJECT;
import static dev.hapax.evaluation.protocol.Attribute.STYLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.protocol.AttributeBench.Added;
import dev.hapax.evaluation.protocol.AttributeBench.Shot;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Verdict;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.check.Sighting;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Style;
import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Made-up readings of eight pictures, four images each. Without a word an image has nothing of the picture, but the last of
 * each picture has its color. MATTE's words move their own attribute always, and the style's moves the color of one image
 * beside; P+'s color and style move both; ProSpect's move nothing at all.
 */
class AttributeScoresTest {
    private static final int PICTURES = 8;
    private static final int IMAGES = 4;
    private static final Ground GROUND = new Ground(
            "tiny",
            "hash",
            new ImageSize(32, 32),
            Map.of("clip", "c", "reader", "r"),
            Optional.empty(),
            List.of("{}"),
            "picture",
            new SideBySide());
    private static final AttributeBench BENCH = AttributeBench.of(
            GROUND,
            AttributeReference.of(GROUND, PICTURES),
            Map.of(),
            new Drawing(2, 4, "ddim", IMAGES, 0, 7),
            Map.of());
    private static final AttributeScores SCORES = new AttributeScores(BENCH, results());

    private static Set<Attribute> has(Shot shot) {
        Set<Attribute> has = EnumSet.noneOf(Attribute.class);
        if (shot.image() == IMAGES - 1) {
            has.add(COLOR);
        }
        Added added = shot.added().orElse(new Added(AttributeRow.PROSPECT, COLOR));
        boolean fine = added.attribute() == COLOR || added.attribute() == STYLE;
        switch (added.row()) {
            case MATTE -> {
                has.add(added.attribute());
                if (added.attribute() == STYLE && shot.image() == 0) {
                    has.add(COLOR);
                }
                if (added.attribute() == OBJECT) {
                    has.remove(COLOR);
                }
            }
            case P_PLUS -> has.addAll(fine ? EnumSet.of(COLOR, STYLE) : EnumSet.noneOf(Attribute.class));
            default -> {}
        }
        return has;
    }

    private static Reading reading(Scene scene, Set<Attribute> has) {
        Kind kind = has.contains(OBJECT) ? scene.things().get(0).kind() : Kind.TEAPOT;
        ColorName color = has.contains(COLOR) ? scene.things().get(0).look().color() : ColorName.GRAY;
        Background other = scene.background() == Background.ROOM ? Background.PLAIN : Background.ROOM;
        return new Reading(
                has.contains(STYLE) ? scene.style() : Style.PICTURE,
                has.contains(LAYOUT) ? scene.background() : other,
                List.of(new Sighting(kind, 0.9, color, Pattern.PLAIN, 0.5, 0.5, 0.4, 0.4)));
    }

    private static List<GridResult> results() {
        List<Shot> shots = BENCH.shots();
        List<Cell> cells = BENCH.cells();
        List<GridResult> results = new ArrayList<>();
        for (int i = 0; i < shots.size(); i++) {
            Shot shot = shots.get(i);
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            Scene scene = BENCH.references().get(shot.reference()).scene();
            node.set("reading", ReadingJson.of(reading(scene, has(shot))));
            ObjectNode numbers = node.putObject("numbers");
            numbers.put("palette", shot.added().isEmpty() ? 30 : 10 + shot.image());
            numbers.put("clip_image", 0.25);
            for (Attribute attribute : Attribute.values()) {
                boolean own = shot.added().map(Added::attribute).equals(Optional.of(attribute));
                numbers.put("clip_text_" + attribute, own ? 0.5 : 0.125);
            }
            results.add(new GridResult(cells.get(i), node));
        }
        return results;
    }

    private static Table table(String name) {
        return new AttributeTables(SCORES)
                .all().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static double figure(Table table, String row, String measure) {
        Row found = table.rows().stream()
                .filter(each -> each.name().equals(row))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(found.figures().get(measure)).mean();
    }

    @Test
    void theMatrixSaysWhatBecameThePicturesThatWasNotBefore() {
        Table matte = table("What each word moves: MATTE");
        assertEquals(0.75, figure(matte, "color (<c>)", "color"), "one in four had it already");
        assertEquals(0, figure(matte, "color (<c>)", "style"));
        assertEquals(1, figure(matte, "style (<s>)", "style"));
        assertEquals(0.25, figure(matte, "style (<s>)", "color"));
        assertEquals(1, figure(matte, "object (<o>)", "object"));
        assertEquals(-0.25, figure(matte, "object (<o>)", "color"), "what it takes away counts as well");
        assertEquals(1, figure(matte, "layout (<l>)", "layout"));
        Table pPlus = table("What each word moves: P+");
        assertEquals(0.75, figure(pPlus, "style (<v>)", "color"));
        assertEquals(1, figure(pPlus, "color (<v>)", "style"));
        assertEquals(0, figure(table("What each word moves: named in words"), "object (in words)", "object"));
    }

    @Test
    void whatChangesIsNotAlwaysThePictures() {
        Table changes = table("What changes at all");
        assertEquals(6 * 4, changes.rows().size());
        assertEquals(0.25, figure(changes, "MATTE: object (<o>)", "color"));
        assertEquals(1, figure(changes, "MATTE: object (<o>)", "object"));
        assertEquals(0, figure(changes, "MATTE: object (<o>)", "layout"));
    }

    @Test
    void colorAndStyleAreConfusedOrApart() {
        Table table = table("Color and style");
        assertEquals(1.75, figure(table, "MATTE", "own"));
        assertEquals(0.25, figure(table, "MATTE", "confusion"));
        assertEquals(1.5, figure(table, "MATTE", "separation"));
        assertEquals(1.75, figure(table, "P+", "confusion"));
        assertEquals(0, figure(table, "P+", "separation"));
        assertEquals(0, figure(table, "ProSpect", "confusion"), "what moves nothing confuses nothing");
    }

    private static Interval claim(String name) {
        return new AttributeClaims(SCORES)
                .all().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .difference();
    }

    @Test
    void theBarIsTwiceAnyOther() {
        List<Claim> claims = new AttributeClaims(SCORES).all();
        assertEquals(2 * (4 * 3 + 2 * 2), claims.size(), "with the color found, and told");
        Interval style = claim("MATTE, <s>: style moved > 2 x color moved");
        assertEquals(1 - 2 * 0.25, style.mean());
        assertEquals(PICTURES, style.n(), "one unit for each picture");
        assertEquals(0.75, claim("MATTE, <c>: color moved > 2 x style moved").mean());
        assertEquals(1.5, claim("MATTE, <o>: object moved > 2 x color moved").mean());
        assertEquals(1.5, claim("confusion of color and style: MATTE < P+").mean());
        assertEquals(1.5, claim("separation of color and style: MATTE > P+").mean());
        assertEquals(
                0,
                claim("MATTE, color told, <c>: color moved > 2 x style moved").mean(),
                "it moves nothing here");
        Interval lazy = claim("confusion of color and style: MATTE < ProSpect");
        assertEquals(-0.25, lazy.mean());
        assertEquals(Verdict.DOES_NOT_HOLD, Verdict.of(lazy));
        assertEquals(Verdict.HOLDS, Verdict.of(claim("separation of color and style: MATTE > ProSpect")));
    }

    @Test
    void eachWordStandsBesideTheTruthAboutItsAttribute() {
        Table truth = table("Each word beside the truth about its attribute");
        assertEquals(1 + 4 * 2, truth.measures().size());
        assertEquals(30, figure(truth, "no word", "color: palette"));
        assertEquals(11.5, figure(truth, "P+", "color: palette"));
        assertEquals(0.125, figure(truth, "no word", "style: CLIP text"));
        assertEquals(0.5, figure(truth, "ProSpect", "style: CLIP text"));
        assertEquals(0.25, figure(truth, "ProSpect", "layout: CLIP image"));
    }

    @Test
    void boxesAreComparedWithThatOfThePicture() {
        AttributeReference reference = BENCH.references().get(0);
        Reading none = new Reading(Style.PICTURE, Background.ROOM, List.of());
        Reading half = new Reading(Style.PICTURE, Background.ROOM, List.of(thing(reference, 0.5)));
        Reading there = new Reading(Style.NEON, Background.ROOM, List.of(thing(reference, 1)));
        AttributeBench one =
                AttributeBench.of(GROUND, List.of(reference), Map.of(), new Drawing(2, 4, "ddim", 1, 0, 7), Map.of());
        List<GridResult> results = new ArrayList<>();
        List<Cell> cells = one.cells();
        for (int i = 0; i < cells.size(); i++) {
            Optional<Added> added = one.shots().get(i).added();
            boolean seen = added.equals(Optional.of(new Added(AttributeRow.MATTE, LAYOUT)));
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.set("reading", ReadingJson.of(seen ? there : added.isEmpty() ? half : none));
            results.add(new GridResult(cells.get(i), node));
        }
        AttributeScores scores = new AttributeScores(one, results);
        assertEquals(0.5, scores.boxed(AttributeRow.MATTE, LAYOUT).of(0, 0), 1e-9, "from one half to the whole");
        assertEquals(-0.5, scores.boxed(AttributeRow.MATTE, COLOR).of(0, 0), 1e-9, "nothing is seen any more");
        assertEquals(0, scores.changed(AttributeRow.MATTE, LAYOUT, OBJECT).of(0, 0));
        assertEquals(1, scores.changed(AttributeRow.MATTE, COLOR, OBJECT).of(0, 0), "nothing where something was");
    }

    /** A thing in the place of the reference's, with so much of its width. */
    private static Sighting thing(AttributeReference reference, double share) {
        Box box = reference.box();
        return new Sighting(
                Kind.CAT,
                0.9,
                ColorName.RED,
                Pattern.PLAIN,
                box.left() + box.width() * share / 2,
                box.centreY(),
                box.width() * share,
                box.height());
    }

    @Test
    void readingsAreKeptWhole() {
        Sighting thing = new Sighting(Kind.KITE, 0.75, ColorName.PINK, Pattern.STRIPED, 0.1, 0.2, 0.3, 0.4);
        Sighting other = new Sighting(Kind.CAT, 0.5, ColorName.RED, Pattern.PLAIN, 0.5, 0.6, 0.7, 0.8);
        Reading reading = new Reading(Style.NEON, Background.BEACH, List.of(thing, other));
        assertEquals(reading, ReadingJson.read(ReadingJson.of(reading)));
        Reading nothing = new Reading(Style.SKETCH, Background.PLAIN, List.of());
        assertEquals(nothing, ReadingJson.read(ReadingJson.of(nothing)));
        assertTrue(OBJECT.seen(nothing).isEmpty());
    }

    @Test
    void aKindCountsBesideAnotherThingToo() {
        Scene scene = BENCH.references().get(0).scene();
        Kind kind = scene.things().get(0).kind();
        Sighting cat = new Sighting(Kind.CAT, 0.9, ColorName.GRAY, Pattern.PLAIN, 0.5, 0.5, 0.4, 0.4);
        Sighting own = new Sighting(kind, 0.6, scene.things().get(0).look().color(), Pattern.PLAIN, 0.5, 0.5, 0.4, 0.4);
        Reading both = new Reading(Style.PICTURE, scene.background(), List.of(cat, own));
        assertTrue(OBJECT.shows(scene, both));
        assertTrue(!COLOR.shows(scene, both), "color is that of the surest thing");
        assertEquals(Optional.of("cat"), OBJECT.seen(both));
        assertTrue(LAYOUT.shows(scene, both));
        assertTrue(!STYLE.shows(scene, both));
    }
}
