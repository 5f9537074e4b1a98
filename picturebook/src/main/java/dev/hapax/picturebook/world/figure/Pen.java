package dev.hapax.picturebook.world.figure;

import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Eyes;
import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.Trim;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Forms;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Puts down patches in the colors of one individual. */
final class Pen {

    static final int INK = 0x2A2438;
    static final int CREAM = 0xFFF6E4;
    static final int WOOD = 0x8A6442;
    static final int LEAF = 0x5DA052;
    static final int GLASS = 0xBFE3F5;
    static final int ROSE = 0xE8768A;
    static final int GOLD = 0xFFC83D;

    private static final int CRIMSON = 0xD8344F;
    private static final Set<ColorName> WARM =
            EnumSet.of(ColorName.YELLOW, ColorName.ORANGE, ColorName.WHITE, ColorName.BROWN);

    private final Look look;
    private final List<Patch> patches = new ArrayList<>();

    Pen(Look look) {
        this.look = look;
    }

    Drawing drawing() {
        return new Drawing(patches);
    }

    /** The main tone, under the pattern. */
    void body(Shape shape) {
        patches.add(new Patch(shape, look.rgb(), Finish.OUTLINED, true));
    }

    /** The main tone a little darker, without the pattern: what lies behind. */
    void behind(Shape shape) {
        fill(shape, Rgb.scale(look.rgb(), 0.86));
    }

    /** The second tone. */
    void accent(Shape shape) {
        fill(shape, look.secondRgb());
    }

    /** The second tone without an outline, for markings. */
    void marking(Shape shape) {
        flat(shape, look.secondRgb());
    }

    void fill(Shape shape, int rgb) {
        patches.add(new Patch(shape, rgb, Finish.OUTLINED, false));
    }

    void flat(Shape shape, int rgb) {
        patches.add(new Patch(shape, rgb, Finish.FLAT, false));
    }

    void line(int rgb, double... points) {
        patches.add(new Patch(Forms.curve(points), rgb, Finish.LINE, false));
    }

    void ink(double... points) {
        line(INK, points);
    }

    void dot(double x, double y, double radius) {
        flat(Forms.ellipse(x, y, radius, radius), INK);
    }

    void eye(Eyes eyes, double x, double y, double radius) {
        switch (eyes) {
            case DOT -> {
                dot(x, y, 0.9 * radius);
                flat(Forms.ellipse(x + 0.25 * radius, y - 0.3 * radius, 0.35 * radius, 0.35 * radius), CREAM);
            }
            case OPEN -> {
                fill(Forms.ellipse(x, y, 1.2 * radius, 1.35 * radius), CREAM);
                dot(x + 0.2 * radius, y + 0.2 * radius, 0.75 * radius);
            }
            case SLEEPY ->
                ink(x - 1.2 * radius, y - 0.2 * radius, x, y + 0.6 * radius, x + 1.2 * radius, y - 0.2 * radius);
        }
    }

    void trim(Trim trim, double x, double y, double r) {
        int rgb = WARM.contains(look.color()) ? CRIMSON : GOLD;
        switch (trim) {
            case NONE -> {}
            case BOW -> {
                fill(Forms.polygon(x, y, x - 1.4 * r, y - 0.9 * r, x - 1.4 * r, y + 0.9 * r), rgb);
                fill(Forms.polygon(x, y, x + 1.4 * r, y - 0.9 * r, x + 1.4 * r, y + 0.9 * r), rgb);
                fill(Forms.ellipse(x, y, 0.45 * r, 0.45 * r), rgb);
            }
            case HEART ->
                fill(
                        Forms.blob(
                                x,
                                y - 0.45 * r,
                                x + 0.6 * r,
                                y - 0.9 * r,
                                x + 1.1 * r,
                                y - 0.3 * r,
                                x + 0.15 * r,
                                y + r,
                                x - 0.15 * r,
                                y + r,
                                x - 1.1 * r,
                                y - 0.3 * r,
                                x - 0.6 * r,
                                y - 0.9 * r),
                        rgb);
            case STAR -> fill(Forms.star(x, y, 1.3 * r, 0.62 * r, 5), rgb);
        }
    }
}
