package dev.hapax.app.invent;

import dev.hapax.app.page.Fonts;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.diffusion.PngImages;
import dev.hapax.learning.PictureFile;
import dev.hapax.run.FamilyTree;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A family as one picture: a row for each generation, lines from parents to children, as thick as their share. Where Java
 * finds no fonts there are no names.
 */
public final class FamilyPicture {
    private static final int SIDE = 160;
    private static final int GAP = 48;
    private static final int CAPTION = 34;
    private static final int BETWEEN = 90; // rows
    private static final int MARGIN = 40;
    private static final int THICKEST = 10;
    private static final Color PAPER = new Color(0xFBFAF7);
    private static final Color INK = new Color(0x26221D);
    private static final Color LINE = new Color(0x0D7A83);

    private FamilyPicture() {}

    /** Writes it as PNG. */
    public static void write(Path file, FamilyTree tree) {
        AtomicFile.write(file, PngImages.toBytes(draw(tree)));
    }

    static BufferedImage draw(FamilyTree tree) {
        int widest = 1;
        for (int generation = 0; generation <= tree.last(); generation++) {
            widest = Math.max(widest, tree.generation(generation).size());
        }
        int width = 2 * MARGIN + widest * SIDE + (widest - 1) * GAP;
        int rows = tree.last() + 1;
        int height = 2 * MARGIN + rows * (SIDE + CAPTION) + (rows - 1) * BETWEEN;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, width, height);
        Map<String, int[]> places = places(tree, width);
        tree.members().forEach(member -> lines(graphics, member, places));
        boolean fonts = Fonts.exist(graphics);
        tree.members().forEach(member -> node(graphics, member, places, fonts));
        graphics.dispose();
        return image;
    }

    /** The upper left corner of each one's picture. */
    private static Map<String, int[]> places(FamilyTree tree, int width) {
        Map<String, int[]> places = new LinkedHashMap<>();
        for (int generation = 0; generation <= tree.last(); generation++) {
            List<FamilyTree.Member> row = tree.generation(generation);
            int left = (width - row.size() * SIDE - (row.size() - 1) * GAP) / 2;
            for (int i = 0; i < row.size(); i++) {
                places.put(
                        row.get(i).name(),
                        new int[] {left + i * (SIDE + GAP), MARGIN + generation * (SIDE + CAPTION + BETWEEN)});
            }
        }
        return places;
    }

    private static void lines(Graphics2D graphics, FamilyTree.Member member, Map<String, int[]> places) {
        int[] child = Objects.requireNonNull(places.get(member.name()));
        graphics.setColor(LINE);
        for (int i = 0; i < member.parents().size(); i++) {
            int[] parent = Objects.requireNonNull(places.get(member.parents().get(i)));
            graphics.setStroke(new BasicStroke(
                    (float) Math.max(1, THICKEST * member.weights().get(i))));
            double x1 = parent[0] + SIDE / 2.0;
            double y1 = parent[1] + SIDE + CAPTION;
            double x2 = child[0] + SIDE / 2.0;
            double y2 = child[1];
            double middle = (y1 + y2) / 2;
            graphics.draw(new CubicCurve2D.Double(x1, y1, x1, middle, x2, middle, x2, y2));
        }
    }

    private static void node(Graphics2D graphics, FamilyTree.Member member, Map<String, int[]> places, boolean fonts) {
        int[] place = Objects.requireNonNull(places.get(member.name()));
        BufferedImage picture = PictureFile.read(member.pictures().get(0)).image();
        graphics.drawImage(picture, place[0], place[1], SIDE, SIDE, null);
        if (fonts) {
            graphics.setColor(INK);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
            graphics.drawString(member.name(), place[0], place[1] + SIDE + 16);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
            graphics.drawString(shares(member), place[0], place[1] + SIDE + 30);
        }
    }

    /** What it is made of: {@code 0.33 cats, 0.67 teapots}; empty for those that were given. */
    static String shares(FamilyTree.Member member) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < member.parents().size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%.2f ", member.weights().get(i)))
                    .append(member.parents().get(i));
        }
        return text.toString();
    }
}
