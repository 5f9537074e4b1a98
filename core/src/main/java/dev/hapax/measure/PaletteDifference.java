package dev.hapax.measure;

import dev.hapax.vision.Lab;
import dev.hapax.vision.Palette;
import dev.hapax.vision.Raster;
import java.util.List;

/**
 * How different the main colors of two pictures look: each color of one palette is compared with the one of the other that
 * looks most like it, weighted by its share of the pixels, both ways:
 *
 * <pre>  1/2 (sum_i p_i min_j dE(a_i, b_j) + sum_j q_j min_i dE(a_i, b_j))</pre>
 *
 * with dE the color difference CIEDE2000. Comparing palettes is how MATTE's color is evaluated (Agarwal et al. 2025, with
 * Color Thief); the form is ours.
 */
public final class PaletteDifference {
    /** Colors of a palette; our choice. */
    public static final int COLORS = 5;

    private PaletteDifference() {}

    /**
     * Compares the palettes of two pictures in RGB, of any sizes.
     *
     * @return at least 0; about 1 is just noticeable, black and white are 100 apart
     */
    public static double of(Raster one, Raster other) {
        return of(Palette.of(one, COLORS), Palette.of(other, COLORS));
    }

    /** Compares two palettes. */
    public static double of(Palette one, Palette other) {
        return (oneWay(one.colors(), other.colors()) + oneWay(other.colors(), one.colors())) / 2;
    }

    private static double oneWay(List<Palette.Color> from, List<Palette.Color> to) {
        List<Lab> targets = to.stream().map(PaletteDifference::lab).toList();
        double sum = 0;
        for (Palette.Color color : from) {
            Lab own = lab(color);
            sum += color.share()
                    * targets.stream().mapToDouble(own::difference).min().orElseThrow();
        }
        return sum;
    }

    private static Lab lab(Palette.Color color) {
        return Lab.ofRgb(color.red(), color.green(), color.blue());
    }
}
