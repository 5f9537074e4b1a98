package dev.hapax.picturebook.recipe;

import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Box;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * What the attribute reader ought to say about renderings, on its grid of {@code side * side} cells (Zhou et al. 2019,
 * section 3): each thing spreads a bell of height 1 around the middle of its box.
 */
@SuppressWarnings("EnumOrdinal") // the order of AttributeReader.labels()
final class ReaderTargets {
    private static final double SPREAD = 0.6; // standard deviation of the bell, in cells; our choice
    private static final double FAINT = 0.2; // cells of less weight learn no color, pattern or box; our choice

    private final int side;
    private final int count;
    private final int things;
    private final float[] kinds;
    private final float[] middles;
    private final float[] colors;
    private final float[] patterns;
    private final float[] boxes;
    private final float[] weights;
    private final float[] styles;
    private final float[] backgrounds;

    /**
     * @param scenes what is drawn
     * @param boxes where its things are
     */
    ReaderTargets(List<Scene> scenes, List<List<Box>> boxes, int side) {
        this.side = side;
        this.count = scenes.size();
        this.things = scenes.stream().mapToInt(scene -> scene.things().size()).sum();
        int cells = side * side;
        kinds = new float[count * Kind.values().length * cells];
        middles = new float[kinds.length];
        colors = new float[count * ColorName.values().length * cells];
        patterns = new float[count * Pattern.values().length * cells];
        this.boxes = new float[count * 4 * cells];
        weights = new float[count * cells];
        styles = new float[count * Style.values().length];
        backgrounds = new float[count * Background.values().length];
        for (int i = 0; i < count; i++) {
            Scene scene = scenes.get(i);
            styles[i * Style.values().length + scene.style().ordinal()] = 1;
            backgrounds[i * Background.values().length + scene.background().ordinal()] = 1;
            for (int j = 0; j < scene.things().size(); j++) {
                put(i, scene.things().get(j), boxes.get(i).get(j));
            }
        }
    }

    private void put(int image, Thing thing, Box box) {
        double x = box.centerX() * side;
        double y = box.centerY() * side;
        int kind = thing.kind().ordinal();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double dx = x - column - 0.5;
                double dy = y - row - 0.5;
                boolean middle = column == (int) x && row == (int) y;
                float bell = middle ? 1 : (float) Math.exp(-(dx * dx + dy * dy) / (2 * SPREAD * SPREAD));
                int cell = row * side + column;
                kinds[at(image, Kind.values().length, kind, cell)] = bell;
                middles[at(image, Kind.values().length, kind, cell)] = middle ? 1 : 0;
                if (bell > FAINT && bell > weights[image * side * side + cell]) {
                    describe(image, cell, thing, bell);
                    float[] entries = {(float) dx, (float) dy, (float) box.width(), (float) box.height()};
                    for (int entry = 0; entry < 4; entry++) {
                        boxes[at(image, 4, entry, cell)] = entries[entry];
                    }
                }
            }
        }
    }

    private void describe(int image, int cell, Thing thing, float weight) {
        weights[image * side * side + cell] = weight;
        for (ColorName color : ColorName.values()) {
            colors[at(image, ColorName.values().length, color.ordinal(), cell)] =
                    color == thing.look().color() ? weight : 0;
        }
        for (Pattern pattern : Pattern.values()) {
            patterns[at(image, Pattern.values().length, pattern.ordinal(), cell)] =
                    pattern == thing.look().pattern() ? weight : 0;
        }
    }

    private int at(int image, int channels, int channel, int cell) {
        return (image * channels + channel) * side * side + cell;
    }

    /** How many things there are in all pictures. */
    int things() {
        return things;
    }

    /** The bells, (b, kinds, side, side). */
    Tensor kinds() {
        return grid(kinds, Kind.values().length);
    }

    /** 1 in the cells that hold the middle of a thing, (b, kinds, side, side). */
    Tensor middles() {
        return grid(middles, Kind.values().length);
    }

    /** The weight of a cell at its thing's color, (b, colors, side, side). */
    Tensor colors() {
        return grid(colors, ColorName.values().length);
    }

    /** The weight of a cell at its thing's pattern, (b, patterns, side, side). */
    Tensor patterns() {
        return grid(patterns, Pattern.values().length);
    }

    /** The boxes as {@code ReaderHeads} has them, (b, 4, side, side). */
    Tensor boxes() {
        return grid(boxes, 4);
    }

    /** The weights of the cells, (b, 1, side, side). */
    Tensor weights() {
        return grid(weights, 1);
    }

    /** 1 at each picture's style, (b, styles). */
    Tensor styles() {
        return Tensor.of(styles, count, Style.values().length);
    }

    /** 1 at each picture's background, (b, backgrounds). */
    Tensor backgrounds() {
        return Tensor.of(backgrounds, count, Background.values().length);
    }

    private Tensor grid(float[] values, int channels) {
        return Tensor.of(values, count, channels, side, side);
    }
}
