package dev.hapax.picturebook.check;

import dev.hapax.diffusion.PngImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Shows drawings side by side, each over its prompt: words that the picture is true to in green, the others in red, and
 * in gray what the reader sees instead. A green frame is around pictures in which all that has a bar is right.
 */
final class ContactSheet {
    private static final int MOST = 120;
    private static final int COLUMNS = 10;
    private static final int PICTURE = 192;
    private static final int BORDER = 4;
    private static final int TEXT_LINES = 8;
    private static final int TILE_WIDTH = PICTURE + 4 * BORDER;
    private static final int TILE_HEIGHT = PICTURE + 4 * BORDER + TEXT_LINES * PixelFont.LINE;

    private static final Color PAPER = Color.WHITE;
    private static final Color GREEN = new Color(0x1B8A3A);
    private static final Color RED = new Color(0xC62828);
    private static final Color BLACK = new Color(0x303030);
    private static final Color GRAY = new Color(0x8A8A8A);

    private final PixelFont font = new PixelFont();
    private final Graphics2D graphics;

    private ContactSheet(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** The bytes of a PNG file with the first of these drawings. */
    static byte[] png(List<Drawing> drawings) {
        List<Drawing> shown = drawings.subList(0, Math.min(MOST, drawings.size()));
        return PngImages.toBytes(image(shown));
    }

    static BufferedImage image(List<Drawing> drawings) {
        int columns = Math.min(COLUMNS, drawings.size());
        int rows = (drawings.size() + columns - 1) / columns;
        BufferedImage image = new BufferedImage(columns * TILE_WIDTH, rows * TILE_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        ContactSheet sheet = new ContactSheet(graphics);
        for (int i = 0; i < drawings.size(); i++) {
            sheet.tile(drawings.get(i), i % columns * TILE_WIDTH, i / columns * TILE_HEIGHT);
        }
        graphics.dispose();
        return image;
    }

    private void tile(Drawing drawing, int x, int y) {
        graphics.setColor(allRight(drawing.verdict()) ? GREEN : RED);
        graphics.fillRect(x + BORDER, y + BORDER, PICTURE + 2 * BORDER, PICTURE + 2 * BORDER);
        graphics.drawImage(drawing.image(), x + 2 * BORDER, y + 2 * BORDER, PICTURE, PICTURE, null);
        Pen pen = new Pen(x + 2 * BORDER, x + 2 * BORDER + PICTURE, y + PICTURE + 4 * BORDER);
        MarkedCaption caption = MarkedCaption.of(drawing.scene(), drawing.verdict());
        for (int i = 0; i < caption.words().size(); i++) {
            pen.write(
                    caption.words().get(i),
                    switch (caption.marks().get(i)) {
                        case SILENT -> BLACK;
                        case RIGHT -> GREEN;
                        case WRONG -> RED;
                    });
        }
        if (!allRight(drawing.verdict())) {
            pen.newLine();
            for (String word : seen(drawing.reading()).split(" ", -1)) {
                pen.write(word, GRAY);
            }
        }
    }

    private static boolean allRight(Verdict verdict) {
        for (Criterion criterion : Criterion.values()) {
            Share share = criterion.of(verdict);
            if (criterion.bar().isPresent() && share.hits() < share.trials()) {
                return false;
            }
        }
        return true;
    }

    /** What the reader sees, in words. */
    static String seen(Reading reading) {
        String things = reading.sightings().stream()
                .map(s -> s.color().word() + " " + s.pattern().word() + " "
                        + s.kind().word())
                .collect(Collectors.joining(", "));
        return "seen: " + (things.isEmpty() ? "nothing" : things) + ", "
                + reading.style().noun() + ", " + reading.background().name().toLowerCase(Locale.ROOT);
    }

    /** Writes words one after the other, in as many lines as there is room for. */
    private final class Pen {
        private final int left;
        private final int right;
        private final int bottom;
        private int x;
        private int y;

        Pen(int left, int right, int top) {
            this.left = left;
            this.right = right;
            this.bottom = top + (TEXT_LINES - 1) * PixelFont.LINE;
            this.x = left;
            this.y = top;
        }

        void newLine() {
            x = left;
            y += PixelFont.LINE;
        }

        void write(String word, Color color) {
            if (x > left && x + PixelFont.width(word) > right) {
                newLine();
            }
            if (y < bottom) {
                graphics.setColor(color);
                font.draw(graphics, word, x, y);
            }
            x += PixelFont.width(word) + PixelFont.ADVANCE;
        }
    }
}
