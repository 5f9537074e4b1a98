package dev.hapax.evaluation.probe;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** Shares as a picture: a field for each cell, the darker the more often an attribute followed it. */
public final class CellHeat {
    private static final int SIDE = 64; // pixels of a field
    private static final int TITLE = 28;
    private static final int GAP = 24;
    private static final Color INK = new Color(0x2B2B2B);
    private static final Color PAPER = new Color(0xF6F4EF);

    private CellHeat() {}

    /** One block of fields for each attribute, side by side; stages down from noise to clean, groups across. */
    public static BufferedImage of(CellShares shares) {
        int groups = shares.table().groupCount();
        int stages = shares.table().stageCount();
        int block = groups * SIDE + GAP;
        BufferedImage image = new BufferedImage(
                shares.cells().size() * block + GAP, TITLE + stages * SIDE + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        canvas.setColor(PAPER);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        int left = GAP;
        for (Map.Entry<ProbedAttribute, List<Double>> row : shares.cells().entrySet()) {
            canvas.setColor(INK);
            canvas.drawString(row.getKey().toString(), left, TITLE - 8);
            for (int cell = 0; cell < shares.table().cells(); cell++) {
                int x = left + cell % groups * SIDE;
                int y = TITLE + (stages - 1 - cell / groups) * SIDE;
                double share = Math.min(1, Math.max(0, row.getValue().get(cell)));
                canvas.setColor(mixed(share));
                canvas.fillRect(x, y, SIDE - 2, SIDE - 2);
                canvas.setColor(share > 0.5 ? PAPER : INK);
                canvas.drawString(Math.round(100 * row.getValue().get(cell)) + " %", x + 8, y + SIDE / 2 + 4);
            }
            left += block;
        }
        canvas.dispose();
        return image;
    }

    private static Color mixed(double share) {
        return new Color((int) (0xE8 + share * (0x1F - 0xE8)), (int) (0xEE + share * (0x4E - 0xEE)), (int)
                (0xF2 + share * (0x79 - 0xF2)));
    }
}
