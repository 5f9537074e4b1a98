package dev.hapax.picturebook.check;

import java.awt.Graphics2D;
import java.util.HashMap;
import java.util.Map;

/**
 * Small letters of 5 by 9 pixels, so that sheets look the same on every machine and need no fonts. Capitals are drawn
 * small; characters it does not know are boxes.
 */
final class PixelFont {
    static final int ADVANCE = 6;
    static final int LINE = 11;

    private static final int WIDTH = 5;
    /** For each character its rows from the top, a bit for each pixel, the left one highest; missing rows are empty. */
    private static final String GLYPHS = """
        a 00 00 0e 01 0f 11 0f
        b 10 10 1e 11 11 11 1e
        c 00 00 0e 10 10 10 0e
        d 01 01 0f 11 11 11 0f
        e 00 00 0e 11 1f 10 0e
        f 06 08 1c 08 08 08 08
        g 00 00 0f 11 11 11 0f 01 0e
        h 10 10 1e 11 11 11 11
        i 04 00 0c 04 04 04 0e
        j 02 00 06 02 02 02 02 12 0c
        k 10 10 12 14 18 14 12
        l 0c 04 04 04 04 04 0e
        m 00 00 1a 15 15 15 15
        n 00 00 1e 11 11 11 11
        o 00 00 0e 11 11 11 0e
        p 00 00 1e 11 11 11 1e 10 10
        q 00 00 0f 11 11 11 0f 01 01
        r 00 00 16 18 10 10 10
        s 00 00 0f 10 0e 01 1e
        t 08 08 1e 08 08 08 06
        u 00 00 11 11 11 11 0f
        v 00 00 11 11 11 0a 04
        w 00 00 11 11 15 15 0a
        x 00 00 11 0a 04 0a 11
        y 00 00 11 11 11 11 0f 01 0e
        z 00 00 1f 02 04 08 1f
        0 0e 11 13 15 19 11 0e
        1 04 0c 04 04 04 04 0e
        2 0e 11 01 06 08 10 1f
        3 1e 01 01 0e 01 01 1e
        4 02 06 0a 12 1f 02 02
        5 1f 10 1e 01 01 11 0e
        6 06 08 10 1e 11 11 0e
        7 1f 01 02 04 08 08 08
        8 0e 11 11 0e 11 11 0e
        9 0e 11 11 0f 01 02 0c
        , 00 00 00 00 00 00 04 04 08
        . 00 00 00 00 00 00 04
        : 00 00 04 00 00 00 04
        - 00 00 00 00 0e
        """;

    private static final String UNKNOWN = "1f 11 11 11 11 11 1f";

    private final Map<Character, String> rows = new HashMap<>();

    PixelFont() {
        GLYPHS.lines().forEach(line -> rows.put(line.charAt(0), line.substring(2)));
        rows.put(' ', "00");
    }

    /** How many pixels a text takes from left to right. */
    static int width(String text) {
        return text.length() * ADVANCE;
    }

    /** Draws a text in the graphics' color, its upper left corner at (x, y). */
    void draw(Graphics2D graphics, String text, int x, int y) {
        for (int i = 0; i < text.length(); i++) {
            String glyph = rows.getOrDefault(Character.toLowerCase(text.charAt(i)), UNKNOWN);
            int row = 0;
            for (String bits : glyph.split(" ", -1)) {
                paint(graphics, Integer.parseInt(bits, 16), x + i * ADVANCE, y + row++);
            }
        }
    }

    private static void paint(Graphics2D graphics, int bits, int x, int y) {
        for (int column = 0; column < WIDTH; column++) {
            if ((bits >> (WIDTH - 1 - column) & 1) == 1) {
                graphics.fillRect(x + column, y, 1, 1);
            }
        }
    }
}
