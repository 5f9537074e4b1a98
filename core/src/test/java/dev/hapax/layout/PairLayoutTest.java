package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.Detection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairLayoutTest {
    private static final Box LEFT = new Box(0, 0.25, 0.25, 1);
    private static final Box RIGHT = new Box(0.5, 0.5, 1, 0.75);

    @Test
    void bothThingsMustBeFoundExactlyOnce() {
        Detection cat = new Detection("cat", 0.9, LEFT);
        Detection ball = new Detection("ball", 0.95, RIGHT);
        Detection tree = new Detection("tree", 0.99, RIGHT);
        assertEquals(
                Optional.of(new PairLayout("cat", "ball", LEFT, RIGHT)),
                PairLayout.of("cat", "ball", List.of(tree, ball, cat)));
        assertEquals(Optional.empty(), PairLayout.of("cat", "ball", List.of(cat, tree)));
        assertEquals(Optional.empty(), PairLayout.of("cat", "ball", List.of(ball, cat, cat)));
        assertEquals(Optional.empty(), PairLayout.of("cat", "ball", List.of(ball, ball, cat)));
    }

    @Test
    void theFirstThingIsBroughtToTheLeft() {
        PairLayout right = new PairLayout("cat", "ball", RIGHT, LEFT);
        PairLayout turned = right.firstLeft();
        assertEquals(new PairLayout("cat", "ball", new Box(0, 0.5, 0.5, 0.75), new Box(0.75, 0.25, 1, 1)), turned);
        assertSame(turned, turned.firstLeft());
    }

    @Test
    void sideBySideIsFurtherAcrossThanDown() {
        assertTrue(new PairLayout("cat", "ball", LEFT, RIGHT).isSideBySide());
        Box high = new Box(0, 0, 0.2, 1);
        assertTrue(new PairLayout("cat", "ball", high, new Box(0.3, 0.4, 0.5, 0.6)).isSideBySide()); // by their middles
        Box below = new Box(0, 0.5, 0.5, 1); // 1/8 to the right, 1/8 further down
        assertFalse(new PairLayout("cat", "ball", LEFT, below).isSideBySide());
    }
}
