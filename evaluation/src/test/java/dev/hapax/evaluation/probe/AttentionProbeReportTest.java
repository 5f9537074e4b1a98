package dev.hapax.evaluation.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.SamplingAttention;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttentionProbeReportTest {
    private static final List<String> WORDS = List.of("<a>", "cat", "mug");

    private static SamplingAttention.Look look(double timestep, float[]... maps) {
        return new SamplingAttention.Look(
                timestep,
                java.util.Arrays.stream(maps).map(map -> new HeatMap(1, 2, map)).toList());
    }

    private static SamplingAttention image(SamplingAttention.Look... looks) {
        ImageSettings settings = new ImageSettings(
                "",
                "",
                Map.of(),
                List.of(),
                "m",
                "h",
                "ddim",
                2,
                1,
                0,
                0,
                new ImageSize(8, 8),
                1,
                Optional.empty(),
                List.of(),
                "0");
        BufferedImage drawn = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        return new SamplingAttention(WORDS, List.of(looks), new GeneratedImage(drawn, settings));
    }

    @Test
    void similaritiesAndSharesAreMeansOverOtherWordsAndImages() {
        SamplingAttention.Look alike = look(900, new float[] {1, 0}, new float[] {2, 0}, new float[] {0, 1});
        SamplingAttention.Look apart = look(100, new float[] {1, 0}, new float[] {0, 1}, new float[] {0, 1});
        Report report = new AttentionProbeReport(
                        "a <a> cat and a mug",
                        Set.of("<a>"),
                        List.of(image(alike, apart), image(apart, apart), image(apart, apart)),
                        Map.of())
                .findings()
                .report();
        Curves similarity = report.curves().get(0);
        Curves.Series learned = similarity.series().get(0);
        assertEquals("<a> (learned)", learned.name());
        // cos with cat 1 and with mug 0 in the first look of the first image, 0 in all others
        assertEquals(
                List.of(1 / 6.0, 0.0),
                learned.points().stream().map(Curves.Point::y).toList());
        assertEquals(
                List.of(1.0, 2.0),
                learned.points().stream().map(Curves.Point::x).toList());
        Curves.Series mug = similarity.series().get(2);
        assertEquals(
                List.of(1 / 3.0, 0.5),
                mug.points().stream().map(Curves.Point::y).toList());
        Curves.Series share = report.curves().get(1).series().get(1);
        assertEquals(
                List.of(2 / 3.0, 0.5),
                share.points().stream().map(Curves.Point::y).toList());
        Row cat = report.tables().get(0).rows().get(1);
        assertEquals(3.5 / 6, cat.figures().get("share").mean(), 1e-9);
        assertEquals(3, cat.figures().get("share").n(), "an interval speaks about other images");
    }

    @Test
    void oneWordHasNothingToBeComparedWith() {
        SamplingAttention lonely =
                new SamplingAttention(List.of("<a>"), List.of(look(1, new float[] {1, 0})), image().image());
        assertThrows(
                IllegalArgumentException.class,
                () -> new AttentionProbeReport("<a>", Set.of("<a>"), List.of(lonely), Map.of()));
    }

    @Test
    void wordsThatSayNothingAreNotWatched() {
        assertEquals(
                List.of("picture", "<a>", "cat", "red", "mug"),
                WatchedWords.of("a picture of a <a> cat, and a red mug with a cat"));
    }
}
