package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SheetPictureTest {
    private static Sheet.Picture picture(Color color, String caption) {
        BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 10, 10);
        graphics.dispose();
        return new Sheet.Picture(image, caption);
    }

    private static Sheet sheet(String caption) {
        return new Sheet(
                "pet",
                "",
                false,
                List.of(
                        new Sheet.Strip("members", List.of(picture(Color.RED, caption), picture(Color.BLUE, "dog"))),
                        new Sheet.Strip("invented", List.of(picture(Color.GREEN, "")))));
    }

    @Test
    void eachPictureHasItsPlaceInItsStrip() {
        BufferedImage one = new SheetPicture(List.of(sheet("cat"))).image();
        BufferedImage two = new SheetPicture(List.of(sheet("cat"), sheet("cat"))).image();
        int height = two.getHeight() - one.getHeight(); // of one sheet
        int strip = SheetPicture.SIDE + SheetPicture.CAPTION;
        assertEquals(2 * strip + SheetPicture.HEADING, height);
        int x = SheetPicture.LABEL + SheetPicture.SIDE / 2;
        int y = SheetPicture.HEADING + SheetPicture.SIDE / 2;
        int next = SheetPicture.SIDE + SheetPicture.GAP;
        for (int top : List.of(0, height)) {
            assertEquals(Color.RED, new Color(two.getRGB(x, top + y)));
            assertEquals(Color.BLUE, new Color(two.getRGB(x + next, top + y)));
            assertEquals(Color.GREEN, new Color(two.getRGB(x, top + y + strip)));
            assertEquals(Color.WHITE, new Color(two.getRGB(x + next, top + y + strip)));
        }
    }

    @Test
    void captionsAreWrittenBelowAndDoNotRunIntoTheNext() {
        BufferedImage none = new SheetPicture(List.of(sheet(""))).image();
        BufferedImage some = new SheetPicture(List.of(sheet("a very long caption that would not fit at all"))).image();
        int top = SheetPicture.HEADING + SheetPicture.SIDE;
        int next = SheetPicture.LABEL + SheetPicture.SIDE + SheetPicture.GAP;
        boolean written = false;
        for (int y = 0; y < some.getHeight(); y++) {
            for (int x = 0; x < some.getWidth(); x++) {
                if (none.getRGB(x, y) != some.getRGB(x, y)) {
                    written = true;
                    assertTrue(
                            x >= SheetPicture.LABEL && x < next && y >= top && y < top + SheetPicture.CAPTION,
                            "at " + x + ", " + y);
                }
            }
        }
        assertTrue(written);
        assertThrows(IllegalArgumentException.class, () -> new SheetPicture(List.of()));
    }
}
