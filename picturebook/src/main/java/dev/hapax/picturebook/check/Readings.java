package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Style;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** From the network's outputs to readings. */
@SuppressWarnings("EnumOrdinal") // the order of AttributeReader.labels(), which its configuration repeats
final class Readings {
    static final int MOST_THINGS = 3; // a picture has one or two; a third is room for what should not be there

    private static final double LEAST_SCORE = 0.3; // Zhou et al. 2019, section 4.2, draw detections from there

    private Readings() {}

    static List<Reading> of(ReaderHeads heads) {
        Tensor kinds = heads.kinds().to(DType.FLOAT32).sigmoid(); // (b, kinds, g, g)
        Tensor colors = heads.colors().argmax(1); // (b, g, g)
        Tensor patterns = heads.patterns().argmax(1); // (b, g, g)
        long[] styles = heads.styles().argmax(1).toLongs();
        long[] backgrounds = heads.backgrounds().argmax(1).toLongs();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < styles.length; i++) {
            Grid grid = new Grid(
                    (int) kinds.size(3),
                    kinds.select(0, i).toFloats(),
                    colors.select(0, i).toLongs(),
                    patterns.select(0, i).toLongs(),
                    heads.boxes().select(0, i).toFloats());
            readings.add(new Reading(
                    Style.values()[(int) styles[i]], Background.values()[(int) backgrounds[i]], grid.sightings()));
        }
        return readings;
    }

    /** One picture's outputs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Grid(int side, float[] kinds, long[] colors, long[] patterns, float[] boxes) {

        List<Sighting> sightings() {
            float[][] scores = new float[Kind.values().length][side * side];
            for (int kind = 0; kind < scores.length; kind++) {
                System.arraycopy(kinds, kind * side * side, scores[kind], 0, side * side);
            }
            return Peak.find(scores, side, LEAST_SCORE, MOST_THINGS).stream()
                    .map(this::sighting)
                    .toList();
        }

        private Sighting sighting(Peak peak) {
            int cell = peak.row() * side + peak.column();
            return new Sighting(
                    Kind.values()[peak.kind()],
                    peak.score(),
                    ColorName.values()[(int) colors[cell]],
                    Pattern.values()[(int) patterns[cell]],
                    (peak.column() + 0.5 + box(0, cell)) / side,
                    (peak.row() + 0.5 + box(1, cell)) / side,
                    box(2, cell),
                    box(3, cell));
        }

        private double box(int entry, int cell) {
            return boxes[entry * side * side + cell];
        }
    }
}
