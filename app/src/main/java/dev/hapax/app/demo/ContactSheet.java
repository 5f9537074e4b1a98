package dev.hapax.app.demo;

import dev.hapax.diffusion.GeneratedImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** All images of a demo on one sheet: the picture and what the words look at on top, then what was painted. */
final class ContactSheet {
    private static final int MARGIN = 56;
    private static final int GAP = 20;
    private static final int CELL = 176;
    private static final int TOP = 352;
    private static final int CAPTION = 46;
    private static final int HEADING = 58;
    private static final int COLUMNS = 6;
    private static final int WIDTH = 2 * MARGIN + COLUMNS * CELL + (COLUMNS - 1) * GAP;
    private static final Color PAPER = new Color(0xFBFAF7);

    private final DemoResult result;

    ContactSheet(DemoResult result) {
        this.result = result;
    }

    BufferedImage draw() {
        int rows = result.groups().size();
        int height = 2 * MARGIN + 96 + TOP + CAPTION + rows * (HEADING + CELL + CAPTION);
        BufferedImage sheet = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, WIDTH, height);
        SheetText text = new SheetText(graphics);
        text.title("Two words from one picture", MARGIN, MARGIN + 34);
        text.words("“" + result.scene().sentence() + "”", MARGIN, MARGIN + 68, WIDTH);
        int y = MARGIN + 96;
        top(graphics, text, y);
        y += TOP + CAPTION;
        for (DemoResult.Group group : result.groups()) {
            text.heading(group.heading(), MARGIN, y + HEADING - 16);
            y += HEADING;
            row(graphics, text, group, y);
            y += CELL + CAPTION;
        }
        graphics.dispose();
        return sheet;
    }

    private void top(Graphics2D graphics, SheetText text, int y) {
        List<BufferedImage> images = new ArrayList<>(List.of(result.scene().picture()));
        List<String> captions = new ArrayList<>(List.of("the picture"));
        result.scores().forEach((word, score) -> {
            images.add(OutlinedHeat.of(result.scene(), score));
            captions.add("what " + word + " looks at");
        });
        int step = (WIDTH - 2 * MARGIN - TOP) / (images.size() - 1);
        for (int i = 0; i < images.size(); i++) {
            place(graphics, images.get(i), MARGIN + i * step, y, TOP);
            text.words(captions.get(i), MARGIN + i * step, y + TOP + 24, step);
        }
    }

    private static void row(Graphics2D graphics, SheetText text, DemoResult.Group group, int y) {
        int x = MARGIN;
        for (DemoResult.Painting painting : group.paintings()) {
            int left = x;
            for (GeneratedImage image : painting.images()) {
                place(graphics, image.image(), x, y, CELL);
                x += CELL + GAP;
            }
            text.words(painting.prompt(), left, y + CELL + 24, x - left - GAP);
        }
    }

    private static void place(Graphics2D graphics, BufferedImage image, int x, int y, int side) {
        graphics.setClip(new RoundRectangle2D.Double(x, y, side, side, 20, 20));
        graphics.drawImage(image, x, y, side, side, null);
        graphics.setClip(null);
    }
}
