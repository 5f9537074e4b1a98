package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private static final int GREEN = 0xFF1B8A3A;
    private static final int RED = 0xFFC62828;

    @Test
    void rightPicturesHaveAGreenFrameAndNoRedWord() {
        Set<Integer> colors = colors(ContactSheet.image(List.of(right(0))));
        assertTrue(colors.contains(GREEN) && !colors.contains(RED));
    }

    @Test
    void wrongPicturesHaveARedFrameAndRedWords() {
        Drawing right = right(0);
        Reading blind = new Reading(right.scene().style(), right.scene().background(), List.of());
        BufferedImage sheet = ContactSheet.image(
                List.of(new Drawing(right.scene(), right.image(), blind, Verdict.of(right.scene(), blind)), right(1)));
        assertEquals(RED, sheet.getRGB(5, 5));
        assertEquals(GREEN, sheet.getRGB(sheet.getWidth() / 2 + 5, 5));
        assertTrue(colors(sheet.getSubimage(0, 205, sheet.getWidth() / 2, sheet.getHeight() - 205))
                .contains(RED));
        assertTrue(ContactSheet.seen(blind)
                .startsWith("seen: nothing, " + right.scene().style().noun()));
    }

    @Test
    void equalDrawingsGiveEqualFiles() {
        List<Drawing> drawings = List.of(right(0), right(1), right(2));
        assertArrayEquals(ContactSheet.png(drawings), ContactSheet.png(drawings));
    }

    @Test
    void everyCharacterOfACaptionHasAGlyphOfItsOwn() {
        Set<List<Integer>> glyphs = new HashSet<>();
        List<Integer> box = drawn("~");
        for (char c = 'a'; c <= 'z'; c++) {
            assertFalse(drawn(String.valueOf(c)).equals(box), "no glyph for " + c);
            assertTrue(glyphs.add(drawn(String.valueOf(c))), "a second glyph like that of " + c);
        }
        String others = String.join("", new Captions().vocabulary()).replaceAll("[a-z]", "");
        assertEquals("", others, "vocabulary has other characters");
        for (String c : List.of(",", ":", ".", "-", "0", "9")) {
            assertFalse(drawn(c).equals(box), "no glyph for " + c);
        }
    }

    private static List<Integer> drawn(String text) {
        BufferedImage image = new BufferedImage(6, 9, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        new PixelFont().draw(graphics, text, 0, 0);
        graphics.dispose();
        return IntStream.of(image.getRGB(0, 0, 6, 9, null, 0, 6)).boxed().toList();
    }

    private static Drawing right(int number) {
        Scene scene = HeldOut.prompt(0, number);
        Reading reading = TrueReading.of(scene);
        return new Drawing(scene, new Renderer().render(scene, 128).image(), reading, Verdict.of(scene, reading));
    }

    private static Set<Integer> colors(BufferedImage image) {
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colors.add(image.getRGB(x, y));
            }
        }
        return colors;
    }
}
