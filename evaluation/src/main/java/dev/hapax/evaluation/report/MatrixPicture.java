package dev.hapax.evaluation.report;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;

/**
 * A value for every two of some things, as a square of colored cells.
 *
 * @param names of the things, in the order of rows and columns
 * @param marked names that are written in another color, such as learned words
 * @param valueName what the colors mean, with its unit
 * @param values row by row; what is not a number is left empty
 */
public record MatrixPicture(List<String> names, Set<String> marked, String valueName, List<double[]> values) {
    private static final int CELL = 18; // pixels
    private static final int GAP = 10;
    private static final int SCALE = 52; // height of what explains the colors

    /** Keeps copies and checks that rows and columns have names. */
    public MatrixPicture {
        names = List.copyOf(names);
        marked = Set.copyOf(marked);
        values = List.copyOf(values);
        int count = names.size();
        if (count == 0 || values.size() != count || values.stream().anyMatch(row -> row.length != count)) {
            throw new IllegalArgumentException(
                    count + " names need as many rows and columns of values, got " + values.size() + " rows");
        }
    }

    /** Draws it. */
    public BufferedImage image() {
        int room = room();
        int side = names.size() * CELL;
        int width = room + Math.max(side, Palette.ROOM) + GAP;
        BufferedImage image = new BufferedImage(width, room + side + SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Palette.on(image);
        double low = values.stream()
                .flatMapToDouble(java.util.Arrays::stream)
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double high = values.stream()
                .flatMapToDouble(java.util.Arrays::stream)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        for (int row = 0; row < names.size(); row++) {
            for (int column = 0; column < names.size(); column++) {
                double value = values.get(row)[column];
                graphics.setColor(Double.isFinite(value) ? Palette.color(value, low, high) : Palette.NOTHING);
                graphics.fillRect(room + column * CELL, room + row * CELL, CELL - 1, CELL - 1);
            }
            label(graphics, row, room);
        }
        Palette.scale(graphics, room, room + side + 22, valueName, low, high);
        graphics.dispose();
        return image;
    }

    private void label(Graphics2D graphics, int index, int room) {
        String name = names.get(index);
        boolean mark = marked.contains(name);
        graphics.setColor(mark ? Palette.LEARNED : Palette.INK);
        graphics.setFont(Palette.font(mark));
        int width = graphics.getFontMetrics().stringWidth(name);
        int middle = room + index * CELL + CELL / 2 + 4;
        graphics.drawString(name, room - GAP / 2 - width, middle);
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, middle, room - GAP / 2.0);
        graphics.drawString(name, middle, room - GAP / 2);
        graphics.setTransform(upright);
        graphics.setFont(Palette.font(false));
    }

    /** Room for the longest name, in pixels. */
    private int room() {
        BufferedImage ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Palette.on(ruler);
        graphics.setFont(Palette.font(true));
        int longest = names.stream()
                .mapToInt(name -> graphics.getFontMetrics().stringWidth(name))
                .max()
                .orElse(0);
        graphics.dispose();
        return longest + 2 * GAP;
    }
}
