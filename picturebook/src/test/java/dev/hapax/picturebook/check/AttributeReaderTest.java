package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Style;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttributeReaderTest {

    static Config tiny() {
        Map<String, Object> values = new TreeMap<>(AttributeReader.labels());
        values.put("block_out_channels", List.of(8, 16, 16));
        values.put("layers_per_block", 1);
        values.put("norm_num_groups", 4);
        return Config.of(values);
    }

    @Test
    void hasAHeadForEachAttribute() {
        try (Scope scope = Scope.open()) {
            AttributeReader reader = AttributeReader.of(tiny(), Weights.of(new Initializer(1)));
            ReaderHeads heads = reader.heads(Tensor.zeros(DType.FLOAT32, 2, 3, 64, 64));
            assertArrayEquals(
                    new long[] {2, Kind.values().length, 8, 8}, heads.kinds().shape());
            assertArrayEquals(
                    new long[] {2, ColorName.values().length, 8, 8},
                    heads.colors().shape());
            assertArrayEquals(
                    new long[] {2, Pattern.values().length, 8, 8},
                    heads.patterns().shape());
            assertArrayEquals(new long[] {2, 4, 8, 8}, heads.boxes().shape());
            assertArrayEquals(
                    new long[] {2, Style.values().length}, heads.styles().shape());
            assertArrayEquals(
                    new long[] {2, Background.values().length},
                    heads.backgrounds().shape());
            assertEquals(
                    2, reader.read(Tensor.zeros(DType.FLOAT32, 2, 3, 64, 64)).size());
        }
    }

    @Test
    void refusesAReaderOfAnotherWorld() {
        Map<String, Object> values = new TreeMap<>(AttributeReader.labels());
        values.put("kinds", List.of("cat", "dragon"));
        var failure = assertThrows(
                CheckpointException.class, () -> AttributeReader.of(Config.of(values), Weights.of(new Initializer(1))));
        assertTrue(String.valueOf(failure.getMessage()).contains("dragon"), failure.getMessage());
    }

    @Test
    @SuppressWarnings("EnumOrdinal") // the order of labels()
    void headsBecomeSightings() {
        try (Scope scope = Scope.open()) {
            Reading reading = Readings.of(new ReaderHeads(
                            grid(
                                    Kind.values().length,
                                    5,
                                    -5,
                                    at(Kind.BOAT.ordinal(), 1, 2),
                                    at(Kind.CAT.ordinal(), 3, 0)),
                            grid(ColorName.values().length, 1, 0, at(ColorName.PINK.ordinal(), 1, 2)),
                            grid(Pattern.values().length, 1, 0, at(Pattern.SPOTTED.ordinal(), 3, 0)),
                            grid(4, 0.25, 0, at(0, 1, 2), at(3, 3, 0)),
                            Tensor.of(new float[] {0, 0, 3, 1, 0}, 1, 5),
                            Tensor.of(new float[] {0, 2, 1, 1, 0}, 1, 5)))
                    .get(0);
            assertEquals(Style.MOSAIC, reading.style());
            assertEquals(Background.GRASS, reading.background());
            assertEquals(2, reading.sightings().size());
            Sighting boat = reading.of(Kind.BOAT).orElseThrow();
            assertEquals(1 / (1 + Math.exp(-5)), boat.score(), 1e-6);
            assertEquals(ColorName.PINK, boat.color());
            assertEquals(Pattern.PLAIN, boat.pattern());
            assertEquals((2 + 0.5 + 0.25) / 4, boat.centerX(), 1e-6);
            assertEquals((1 + 0.5) / 4, boat.centerY(), 1e-6);
            Sighting cat = reading.of(Kind.CAT).orElseThrow();
            assertEquals(Pattern.SPOTTED, cat.pattern());
            assertEquals(0.5 / 4, cat.centerX(), 1e-6);
            assertEquals(0.25, cat.height(), 1e-6);
            assertEquals(0, cat.width(), 1e-6);
        }
    }

    private static int at(int channel, int row, int column) {
        return (channel * 4 + row) * 4 + column;
    }

    private static Tensor grid(int channels, double set, double others, int... places) {
        float[] values = new float[channels * 16];
        java.util.Arrays.fill(values, (float) others);
        for (int place : places) {
            values[place] = (float) set;
        }
        return Tensor.of(values, 1, channels, 4, 4);
    }
}
