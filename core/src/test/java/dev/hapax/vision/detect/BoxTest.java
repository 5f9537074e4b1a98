package dev.hapax.vision.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BoxTest {
    @Test
    void centresAndEdgesAreTheSameBox() {
        Box box = new Box(0.1, 0.2, 0.5, 0.8);
        Box again = Box.centred(box.centreX(), box.centreY(), box.width(), box.height());
        assertEquals(box.left(), again.left(), 1e-12);
        assertEquals(box.bottom(), again.bottom(), 1e-12);
        assertEquals(0.24, box.area(), 1e-12);
        assertEquals(new Box(1, 4, 5, 16), box.times(10, 20));
    }

    @Test
    void annotationsInPixelsAreCutAtTheEdges() {
        assertEquals(new Box(0.25, 0, 1, 0.5), Box.ofCoco(10, -2, 60, 12, 40, 20));
    }

    @Test
    void overlapIsThePartInCommon() {
        Box left = new Box(0, 0, 0.5, 1);
        assertEquals(1, left.overlap(left), 1e-12);
        assertEquals(1 / 3.0, left.overlap(new Box(0.25, 0, 0.75, 1)), 1e-12);
        assertEquals(0, left.overlap(new Box(0.6, 0, 1, 1)));
        assertEquals(0, new Box(0.5, 0.5, 0.5, 0.5).overlap(new Box(0.5, 0.5, 0.5, 0.5)));
    }

    @Test
    void aMirrorTurnsLeftAndRight() {
        assertEquals(new Box(0.5, 0.25, 1.125, 1), new Box(-0.125, 0.25, 0.5, 1).mirrored());
    }

    @Test
    void whatLeavesThePictureIsCutOff() {
        assertEquals(new Box(0, 0.25, 0.5, 1), new Box(-0.125, 0.25, 0.5, 1.5).inside());
        assertEquals(0, new Box(1.25, 0, 2, 1).inside().area());
    }

    @Test
    void edgesOutOfOrderAreRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new Box(0.6, 0, 0.5, 1));
        assertEquals(
                "the edges of a box must be left <= right and top <= bottom, got 0.6,0.0,0.5,1.0", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Box(0, 0, Double.NaN, 1));
    }
}
