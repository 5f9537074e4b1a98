package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Share YES = new Share(1, 1);
    private static final Share NO = new Share(0, 1);
    private static final Share BOTH = new Share(2, 2);
    private static final Share ONE = new Share(1, 2);

    private final Scene scene = sceneWith(Relation.ABOVE);
    private final Reading truth = TrueReading.of(scene);

    @Test
    void theTruthIsRightInEveryRespect() {
        for (int number = 0; number < 50; number++) {
            Scene any = HeldOut.prompt(3, number);
            Verdict verdict = Verdict.of(any, TrueReading.of(any));
            assertTrue(verdict.present());
            for (Criterion criterion : Criterion.values()) {
                assertEquals(1, criterion.of(verdict).value(), criterion + " " + any);
            }
        }
    }

    @Test
    void whatIsMissingIsWrongInEveryRespect() {
        Verdict verdict = Verdict.of(scene, seeing(truth.sightings().subList(0, 1)));
        assertFigures(verdict, NO, ONE, NO, YES);
    }

    @Test
    void aWrongColorIsWrongOnce() {
        Sighting first = truth.sightings().get(0);
        Verdict verdict = Verdict.of(
                scene, seeing(List.of(recolored(first), truth.sightings().get(1))));
        assertFigures(verdict, YES, ONE, YES, YES);
    }

    @Test
    void exchangedThingsAreInTheWrongPlaces() {
        Sighting a = truth.sightings().get(0);
        Sighting b = truth.sightings().get(1);
        Verdict verdict = Verdict.of(scene, seeing(List.of(moved(a, b), moved(b, a))));
        assertFigures(verdict, YES, BOTH, NO, YES);
    }

    @Test
    void styleAndBackgroundCountForThemselves() {
        Scene other = HeldOut.prompt(0, 1);
        assertFalse(other.style() == scene.style() || other.background() == scene.background());
        Verdict verdict = Verdict.of(scene, new Reading(other.style(), other.background(), truth.sightings()));
        assertFigures(verdict, YES, BOTH, YES, NO);
        assertEquals(NO, Criterion.BACKGROUND.of(verdict));
    }

    @Test
    void figuresWherePresentLeaveTheOthersOut() {
        Verdict good = Verdict.of(scene, truth);
        Verdict bad = Verdict.of(scene, seeing(List.of()));
        Figures figures = Figures.of(List.of(good, bad, bad));
        assertEquals(new Share(1, 3), figures.of(Criterion.PRESENT));
        assertEquals(new Share(2, 6), figures.of(Criterion.COLOR));
        assertEquals(new Share(2, 2), figures.wherePresent(Criterion.COLOR));
        assertEquals(new Share(3, 3), figures.of(Criterion.STYLE));
    }

    private static Scene sceneWith(Relation relation) {
        int number = 0;
        while (HeldOut.rendering(number).relation() != relation) {
            number++;
        }
        return HeldOut.rendering(number);
    }

    private Reading seeing(List<Sighting> sightings) {
        return new Reading(scene.style(), scene.background(), sightings);
    }

    private static Sighting recolored(Sighting s) {
        ColorName other = s.color() == ColorName.RED ? ColorName.BLUE : ColorName.RED;
        return new Sighting(s.kind(), s.score(), other, s.pattern(), s.centerX(), s.centerY(), s.width(), s.height());
    }

    private static Sighting moved(Sighting s, Sighting to) {
        return new Sighting(
                s.kind(), s.score(), s.color(), s.pattern(), to.centerX(), to.centerY(), s.width(), s.height());
    }

    private static void assertFigures(Verdict verdict, Share present, Share color, Share place, Share style) {
        assertEquals(present, Criterion.PRESENT.of(verdict), "present");
        assertEquals(color, Criterion.COLOR.of(verdict), "color");
        assertEquals(place, Criterion.PLACE.of(verdict), "place");
        assertEquals(style, Criterion.STYLE.of(verdict), "style");
    }
}
