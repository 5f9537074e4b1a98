package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Sample;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A report of made-up numbers: nothing was measured. */
final class MadeUp {
    static final Measure OVERLAP = new Measure(
            "mask IoU", "made up: overlap of where a word looks with its thing's outline", Better.HIGHER, 2);
    static final Measure LEAKAGE =
            new Measure("leakage", "made up: how much of the other word's thing is drawn", Better.LOWER, 3);
    static final Measure TEXT =
            new Measure("CLIPScore", "made up: 2.5 x max(cos, 0) of image and prompt", Better.HIGHER, 3);
    static final Measure NORM =
            new Measure("norm ratio", "made up: length of the vector over the vocabulary's mean", Better.NEITHER, 1);
    private static final String[] METHODS = {
        "textual inversion",
        "MCPL-all",
        "MCPL-one",
        "MCPL-one + PromptCL",
        "MCPL-one + PromptCL + AttnMask",
        "+ Bind adj. of <a>"
    };

    private MadeUp() {}

    static Report report(int seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < METHODS.length; i++) {
            Map<String, Interval> figures = new LinkedHashMap<>();
            figures.put("mask IoU", interval(random, 0.3 + 0.06 * i, 0.05, 10));
            figures.put("leakage", interval(random, 0.32 - 0.04 * i, 0.04, i == 3 ? 7 : 10));
            if (i != 1) {
                figures.put("CLIPScore", interval(random, 0.7 + 0.01 * i, 0.02, 10));
            }
            figures.put("norm ratio", i == 0 ? new Interval(12.4, 12.4, 12.4, 1) : interval(random, 4 + i, 1, 10));
            rows.add(new Row(METHODS[i], figures));
        }
        Table table = new Table(
                "Words of one picture",
                "Ten made-up scenes with two things each.",
                "method",
                List.of(OVERLAP, LEAKAGE, TEXT, NORM),
                rows);
        return new Report(
                "Made up: which method keeps its promise",
                "Every number on this page was invented to test how a report looks.",
                List.of(
                        new Claim("one overlaps more than all", "made up, table 1", interval(random, 0.08, 0.04, 10)),
                        new Claim(
                                "PromptCL alone beats both together",
                                "made up, section 4.2",
                                interval(random, -0.1, 0.05, 10)),
                        new Claim("Bind adj. helps", "made up, figure 7", interval(random, 0.002, 0.03, 10))),
                List.of(table),
                List.of(curves(random)),
                run());
    }

    private static Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("command", "hapax bench made-up --scale tiny --out <DIR>");
        run.put("model", "made up, sha256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        run.put("seed", "7");
        return run;
    }

    private static Curves curves(Random random) {
        List<Curves.Series> series = new ArrayList<>();
        for (String name : List.of("MCPL-all", "MCPL-one", "all together & <a>")) {
            List<Curves.Point> points = new ArrayList<>();
            double y = 0.7;
            for (int x = 0; x <= 1000; x += 100) {
                points.add(new Curves.Point(x, y));
                y -= 0.03 * random.nextDouble();
            }
            series.add(new Curves.Series(name, points));
        }
        return new Curves("Editability", "How far words still obey a prompt.", "training steps", "CLIPScore", series);
    }

    static List<Sheet> sheets() {
        List<Sheet.Strip> strips = new ArrayList<>();
        for (String method : METHODS) {
            List<Sheet.Picture> pictures = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                pictures.add(new Sheet.Picture(picture(method.hashCode() + i), i == 0 ? "a photo of <a>" : ""));
            }
            strips.add(new Sheet.Strip(method, pictures));
        }
        return List.of(new Sheet("What they draw", "Made-up circles.", false, strips));
    }

    static BufferedImage picture(int seed) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.3f, 0.9f));
        graphics.fillRect(0, 0, 64, 64);
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.8f, 0.7f));
        graphics.fillOval(8 + random.nextInt(20), 8 + random.nextInt(20), 28, 28);
        graphics.dispose();
        return picture;
    }

    private static Interval interval(Random random, double mean, double deviation, int n) {
        double[] values = random.doubles(n)
                .map(u -> mean + deviation * random.nextGaussian())
                .toArray();
        return new Bootstrap(200, 0).mean(Sample.of(values));
    }
}
