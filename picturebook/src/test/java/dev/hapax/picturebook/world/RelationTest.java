package dev.hapax.picturebook.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.render.Renderer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelationTest {

    private static final double TOUCH = 0.01;

    @Test
    void boxesAreWhereTheRelationSays() {
        SceneSampler sampler = new SceneSampler();
        Renderer renderer = new Renderer();
        for (int seed = 0; seed < 500; seed++) {
            Scene scene = sampler.sample(seed, Choices.all().pairs());
            List<Box> boxes = renderer.render(scene, 128).boxes();
            assertTrue(holds(scene.relation(), boxes.get(0), boxes.get(1)), () -> scene + " " + boxes);
        }
    }

    @Test
    void theInverseOfTheInverseIsTheRelation() {
        for (Relation relation : Relation.values()) {
            assertEquals(relation, relation.inverse().inverse());
        }
        assertEquals(Relation.ABOVE, Relation.BELOW.inverse());
        assertEquals(Relation.LEFT_OF, Relation.RIGHT_OF.inverse());
    }

    private static boolean holds(Relation relation, Box a, Box b) {
        return switch (relation) {
            case LEFT_OF -> isLeft(a, b);
            case RIGHT_OF -> isLeft(b, a);
            case BESIDE -> isLeft(a, b) || isLeft(b, a);
            case ABOVE -> isAbove(a, b);
            case BELOW -> isAbove(b, a);
            case ALONE -> false;
        };
    }

    private static boolean isLeft(Box a, Box b) {
        return a.x1() <= b.x0() + TOUCH && Math.abs(a.y1() - b.y1()) < 0.15;
    }

    private static boolean isAbove(Box a, Box b) {
        return a.y1() <= b.y0() + TOUCH && Math.abs(a.centerX() - b.centerX()) < 0.3;
    }
}
