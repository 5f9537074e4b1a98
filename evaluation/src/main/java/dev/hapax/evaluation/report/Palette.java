package dev.hapax.evaluation.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Paper, ink and the scale of colors of charts that are pictures. */
final class Palette {
    static final Color PAPER = new Color(0xFFFFFF);
    static final Color INK = new Color(0x2B2622);
    static final Color SOFT = new Color(0x746D63);
    static final Color LEARNED = new Color(0x0D7A83);
    static final Color NOTHING = new Color(0xEFECE6);

    /** What the scale of colors needs in width with its name, pixels. */
    static final int ROOM = 340;

    private static final int SCALE = 240; // its own width, pixels
    private static final int BAR = 12; // and its height
    private static final int TEXT = 13; // pixels

    private Palette() {}

    /** An empty sheet and what draws on it. */
    static Graphics2D on(BufferedImage image) {
        Drawing.requireFonts();
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.setFont(font(false));
        return graphics;
    }

    static Font font(boolean bold) {
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, TEXT);
    }

    /** The color of a value between two others. */
    static Color color(double value, double low, double high) {
        double share = high > low ? (value - low) / (high - low) : 0.5;
        return new Color(HeatPicture.color(Math.max(0, Math.min(1, share))));
    }

    /** What the colors mean, from a point on to the right. */
    static void scale(Graphics2D graphics, int x, int y, String name, double low, double high) {
        graphics.setFont(font(false));
        for (int i = 0; i < SCALE; i++) {
            graphics.setColor(color(i, 0, SCALE - 1.0));
            graphics.fillRect(x + i, y, 1, BAR);
        }
        graphics.setColor(SOFT);
        String most = String.format(Locale.ROOT, "%.3f", high);
        graphics.drawString(String.format(Locale.ROOT, "%.3f", low), x, y + BAR + TEXT + 3);
        graphics.drawString(most, x + SCALE - graphics.getFontMetrics().stringWidth(most), y + BAR + TEXT + 3);
        graphics.setColor(INK);
        graphics.drawString(name, x, y - 7);
    }
}
