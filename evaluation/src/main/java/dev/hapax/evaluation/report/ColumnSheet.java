package dev.hapax.evaluation.report;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Many images in lines and columns, as one picture: what stands in a column was made in the same way.
 *
 * @param groups of columns, from left to right; at least one
 * @param lines from top to bottom, at least one, each with an image for every column
 */
public record ColumnSheet(List<Group> groups, List<Line> lines) {
    private static final int SIDE = 72; // of an image, pixels
    private static final int GAP = 4;
    private static final int BETWEEN = 14; // groups
    private static final int NAMES = 132; // width of the lines' names
    private static final int HEAD = 46;
    private static final Color RULE = new Color(0xD9D3C7);

    /**
     * Columns that belong together.
     *
     * @param name above them, may be empty
     * @param columns the name of each
     */
    public record Group(String name, List<String> columns) {
        /** Keeps a copy. */
        public Group {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Images side by side.
     *
     * @param name on their left
     * @param images of any sizes, squares look best
     */
    public record Line(String name, List<BufferedImage> images) {
        /** Keeps a copy. */
        public Line {
            images = List.copyOf(images);
        }
    }

    /** Keeps copies and checks that every line is full. */
    public ColumnSheet {
        groups = List.copyOf(groups);
        lines = List.copyOf(lines);
        int columns = groups.stream().mapToInt(group -> group.columns().size()).sum();
        if (columns == 0 || lines.isEmpty()) {
            throw new IllegalArgumentException(
                    "a contact sheet needs at least one column and one line, got " + columns + " and " + lines.size());
        }
        for (Line line : lines) {
            if (line.images().size() != columns) {
                throw new IllegalArgumentException("line " + line.name() + " has "
                        + line.images().size() + " images for " + columns + " columns; give one for each");
            }
        }
    }

    /** Draws it. */
    public BufferedImage image() {
        List<Integer> lefts = lefts();
        int width = lefts.get(lefts.size() - 1) + SIDE + BETWEEN;
        BufferedImage image =
                new BufferedImage(width, HEAD + lines.size() * (SIDE + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Palette.on(image);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        heads(graphics, lefts);
        for (int row = 0; row < lines.size(); row++) {
            int top = HEAD + row * (SIDE + GAP);
            name(graphics, lines.get(row).name(), top);
            for (int column = 0; column < lefts.size(); column++) {
                graphics.drawImage(lines.get(row).images().get(column), lefts.get(column), top, SIDE, SIDE, null);
            }
        }
        graphics.dispose();
        return image;
    }

    /** The left edge of each column. */
    private List<Integer> lefts() {
        List<Integer> lefts = new ArrayList<>();
        int x = NAMES;
        for (Group group : groups) {
            for (int i = 0; i < group.columns().size(); i++) {
                lefts.add(x);
                x += SIDE + GAP;
            }
            x += BETWEEN - GAP;
        }
        return lefts;
    }

    private void heads(Graphics2D graphics, List<Integer> lefts) {
        int column = 0;
        for (Group group : groups) {
            if (group.columns().isEmpty()) {
                continue;
            }
            int left = lefts.get(column);
            int right = lefts.get(column + group.columns().size() - 1) + SIDE;
            graphics.setColor(Palette.INK);
            graphics.setFont(Palette.font(true));
            graphics.drawString(group.name(), left, 17);
            if (!group.name().isEmpty()) {
                graphics.setColor(RULE);
                graphics.drawLine(left, 22, right, 22);
            }
            graphics.setFont(Palette.font(false));
            graphics.setColor(Palette.SOFT);
            for (String name : group.columns()) {
                int middle = lefts.get(column++) + SIDE / 2;
                graphics.drawString(name, middle - graphics.getFontMetrics().stringWidth(name) / 2, 39);
            }
        }
    }

    /** Words one below the other where there is no room beside. */
    private static void name(Graphics2D graphics, String name, int top) {
        graphics.setFont(Palette.font(false));
        graphics.setColor(Palette.INK);
        FontMetrics metrics = graphics.getFontMetrics();
        List<String> rows = new ArrayList<>();
        String row = "";
        for (String word : name.split(" ", -1)) {
            String longer = row.isEmpty() ? word : row + " " + word;
            if (metrics.stringWidth(longer) > NAMES - BETWEEN && !row.isEmpty()) {
                rows.add(row);
                row = word;
            } else {
                row = longer;
            }
        }
        rows.add(row);
        int y = top + SIDE / 2 - rows.size() * metrics.getHeight() / 2 + metrics.getAscent();
        for (String each : rows) {
            graphics.drawString(each, GAP, y);
            y += metrics.getHeight();
        }
    }
}
