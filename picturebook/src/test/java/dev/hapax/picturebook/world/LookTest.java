package dev.hapax.picturebook.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LookTest {

    private final SceneSampler sampler = new SceneSampler();

    @Test
    void colorsVaryAroundTheirNames() {
        Set<Integer> seen = new HashSet<>();
        for (int seed = 0; seed < 2000; seed++) {
            Look look = sampler.thing(seed).look();
            assertEquals(look.color(), ColorName.nearest(look.rgb()));
            seen.add(look.rgb());
        }
        assertTrue(seen.size() > 1500, seen.size() + " colors");
    }

    @Test
    void theSecondToneStandsApart() {
        for (int seed = 0; seed < 2000; seed++) {
            Look look = sampler.thing(seed).look();
            assertTrue(Rgb.distance(look.rgb(), look.secondRgb()) > 25, look::toString);
        }
    }

    @Test
    void everyNameIsNearestToItself() {
        for (ColorName name : ColorName.values()) {
            assertEquals(name, ColorName.nearest(name.rgb()));
        }
    }

    @Test
    void aColorUnderAWrongNameIsRefused() {
        Look look = sampler.thing(1).look();
        ColorName wrong = look.color() == ColorName.RED ? ColorName.BLUE : ColorName.RED;
        assertThrows(
                IllegalArgumentException.class,
                () -> new Look(wrong, look.rgb(), look.secondRgb(), look.pattern(), look.knobs(), look.details()));
    }

    @Test
    void knobsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Knobs(0, 0, 0, 1.01));
        assertThrows(IllegalArgumentException.class, () -> new Knobs(Double.NaN, 0, 0, 0));
    }

    @Test
    void lightnessSurvivesTheWayToHslAndBack() {
        for (ColorName name : ColorName.values()) {
            double[] hsl = Rgb.toHsl(name.rgb());
            assertEquals(name.rgb(), Rgb.ofHsl(hsl[0], hsl[1], hsl[2]), name::word);
        }
    }
}
