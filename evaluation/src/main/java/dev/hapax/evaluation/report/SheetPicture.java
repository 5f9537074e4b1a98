package dev.hapax.evaluation.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Sheets as one picture, a contact sheet: each with its name, its strips one below the other with their names on the left,
 * and captions below their pictures.
 *
 * @param sheets at least one
 */
public record SheetPicture(List<Sheet> sheets) {
    static final int SIDE = 112; // of a picture, pixels
    static final int GAP = 8;
    static final int LABEL = 300; // room for the names of strips
    static final int CAPTION = 18;
    static final int HEADING = 34;

    /** Copies the list and checks that there is one. */
    public SheetPicture {
        sheets = List.copyOf(sheets);
        if (sheets.isEmpty()) {
            throw new IllegalArgumentException("a contact sheet needs at least one sheet, got none");
        }
    }

    /**
     * Draws it.
     *
     * @throws IllegalStateException if this Java has no fonts
     */
    public BufferedImage image() {
        int most = sheets.stream()
                .flatMap(sheet -> sheet.strips().stream())
                .mapToInt(strip -> strip.pictures().size())
                .max()
                .orElse(0);
        int height = sheets.stream()
                .mapToInt(sheet -> HEADING + sheet.strips().size() * (SIDE + CAPTION))
                .sum();
        BufferedImage image =
                new BufferedImage(LABEL + most * (SIDE + GAP) + GAP, height + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Palette.on(image);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int y = 0;
        for (Sheet sheet : sheets) {
            graphics.setColor(Palette.INK);
            graphics.setFont(Palette.font(true));
            graphics.drawString(sheet.name(), GAP, y + HEADING - GAP);
            y += HEADING;
            for (Sheet.Strip strip : sheet.strips()) {
                strip(graphics, strip, y);
                y += SIDE + CAPTION;
            }
        }
        graphics.dispose();
        return image;
    }

    private static void strip(Graphics2D graphics, Sheet.Strip strip, int y) {
        graphics.setFont(Palette.font(false));
        graphics.setColor(Palette.INK);
        graphics.drawString(strip.name(), GAP, y + SIDE / 2);
        graphics.setColor(Palette.SOFT);
        int x = LABEL;
        for (Sheet.Picture picture : strip.pictures()) {
            graphics.drawImage(picture.image(), x, y, SIDE, SIDE, null);
            graphics.setClip(x, y, SIDE + GAP - 1, SIDE + CAPTION); // a long caption does not run into the next
            graphics.drawString(picture.caption(), x, y + SIDE + CAPTION - 5);
            graphics.setClip(null);
            x += SIDE + GAP;
        }
    }
}
