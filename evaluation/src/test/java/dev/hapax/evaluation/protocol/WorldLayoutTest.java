package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.vision.detect.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldLayoutTest {
    private final WorldLayout layout = new WorldLayout();

    @Test
    void theFirstThingStandsLeftAndEachKindHasItsSize() {
        List<Box> boxes = layout.boxes("tower", "apple");
        Box tower = boxes.get(0);
        Box apple = boxes.get(1);
        assertTrue(tower.centreX() < 0.5 && apple.centreX() > 0.5, boxes.toString());
        assertTrue(tower.height() > 1.3 * tower.width(), "towers are slender: " + tower);
        assertTrue(apple.height() < tower.height(), boxes.toString());
        for (Box box : boxes) {
            assertTrue(box.left() >= 0 && box.top() >= 0 && box.right() <= 1 && box.bottom() <= 1, box.toString());
        }
        assertTrue(layout.boxes("apple", "tower").get(1).centreX() > 0.5, "now the tower is on the right");
        assertEquals(boxes, new WorldLayout().boxes("tower", "apple"));
    }

    @Test
    void whatIsNoKindGetsTheAuthorsPlaces() {
        List<Box> plain = new SideBySide().boxes("backpack", "cat");
        assertEquals(new Box(0.1, 0.2, 0.5, 0.8), plain.get(0));
        assertEquals(plain.get(0), layout.boxes("backpack", "cat").get(0));
        assertEquals(plain.get(1), layout.boxes("cat", "backpack").get(1));
    }
}
