package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointMapTest {
    @Test
    void pointsLieWhereTheyBelongInTheColorOfTheirValue() {
        BufferedImage map = new PointMap(
                        List.of(
                                new PointMap.Point("low", -1, -1, 0.2, false),
                                new PointMap.Point("high", 3, 1, 0.4, true),
                                new PointMap.Point("middle", 1, 0, 0.3, false)),
                        "fit")
                .image();
        assertEquals(HeatPicture.color(0), map.getRGB(60, 580) & 0xFFFFFF, "left and down");
        assertEquals(HeatPicture.color(1), map.getRGB(840, 60) & 0xFFFFFF, "right and up");
        assertEquals(HeatPicture.color(0.5), map.getRGB(450, 320) & 0xFFFFFF);
        assertEquals(HeatPicture.color(1), map.getRGB(840, 54) & 0xFFFFFF, "a rhombus reaches further up");
    }

    @Test
    void anEmptyMapIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PointMap(List.of(), "fit"));
    }
}
