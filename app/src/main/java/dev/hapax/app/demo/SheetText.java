package dev.hapax.app.demo;

import dev.hapax.app.page.Fonts;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes on a sheet, the two words in their colours. A machine may have no fonts at all (a server with a bare JDK): then
 * the sheet has pictures only, in the same order as the page.
 */
final class SheetText {
    private static final Color INK = new Color(0x26221D);
    private static final Color SOFT = new Color(0x746D63);
    private static final Map<String, Color> WORDS =
            Map.of(DemoPlan.A, new Color(0x0D7A83), DemoPlan.B, new Color(0xC8453F));
    private static final Pattern PIECE = Pattern.compile("<[ab]>|[^<]+|<");

    private final Graphics2D graphics;
    private final boolean possible;

    SheetText(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        possible = Fonts.exist(graphics);
    }

    void title(String text, int x, int y) {
        write(text, x, y, new Font(Font.SERIF, Font.BOLD, 36), INK);
    }

    void heading(String text, int x, int y) {
        write(text, x, y, new Font(Font.SERIF, Font.BOLD, 22), INK);
    }

    /** A line that is made smaller until it fits the width. */
    void words(String text, int x, int y, int width) {
        if (!possible) {
            return;
        }
        int size = 16;
        while (size > 9
                && graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, size))
                                .stringWidth(text)
                        > width) {
            size--;
        }
        int at = x;
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            String piece = pieces.group();
            Color colour = WORDS.get(piece);
            Font font = new Font(Font.SANS_SERIF, colour == null ? Font.PLAIN : Font.BOLD, size);
            write(piece, at, y, font, colour == null ? SOFT : colour);
            at += graphics.getFontMetrics(font).stringWidth(piece);
        }
    }

    private void write(String text, int x, int y, Font font, Color colour) {
        if (possible) {
            graphics.setFont(font);
            graphics.setColor(colour);
            graphics.drawString(text, x, y);
        }
    }
}
