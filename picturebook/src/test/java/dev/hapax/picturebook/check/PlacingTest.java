package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.Box;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacingTest {

    @Test
    void theMiddlesOfTrueBoxesTellTheRelationAndNoOther() {
        for (int number = 0; number < 200; number++) {
            Scene scene = HeldOut.rendering(number);
            List<Box> boxes = new Renderer().render(scene, 64).boxes();
            double dx = boxes.get(0).centerX() - boxes.get(1).centerX();
            double dy = boxes.get(0).centerY() - boxes.get(1).centerY();
            assertTrue(Placing.holds(scene.relation(), dx, dy), () -> scene.relation() + " " + boxes);
            for (Relation other : Relation.values()) {
                if (other != scene.relation() && other != Relation.BESIDE && scene.relation() != Relation.BESIDE) {
                    assertFalse(Placing.holds(other, dx, dy), () -> other + " " + boxes);
                }
            }
        }
    }

    @Test
    void besideIsLeftOrRight() {
        for (Relation relation : List.of(Relation.LEFT_OF, Relation.RIGHT_OF)) {
            double dx = relation == Relation.LEFT_OF ? -0.5 : 0.5;
            assertTrue(Placing.holds(relation, dx, 0.2));
            assertFalse(Placing.holds(relation.inverse(), dx, 0.2));
            assertTrue(Placing.holds(Relation.BESIDE, dx, 0.2));
            assertFalse(Placing.holds(relation, dx, 0.7));
        }
        assertFalse(Placing.holds(Relation.BESIDE, 0.2, 0.5));
        assertEquals(false, Placing.holds(Relation.ALONE, 0.5, 0));
    }
}
