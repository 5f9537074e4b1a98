package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.report.HeatPicture;
import dev.hapax.evaluation.report.Sheet;
import dev.hapax.measure.HeatMap;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Pictures for the page: the first image of each prompt, and where words look, of the first subjects. */
record Sheets(List<Planned> planned, List<GridResult> results, Products products) {
    private static final int SUBJECTS = 3; // all of them would make the page too large to send
    private static final int PICTURES = 1000; // in all, for the same reason
    private static final int SIDE = 160; // pixels
    private static final Color BLANK = new Color(0xEFECE6);

    List<Sheet> all() {
        List<Sheet> sheets = new ArrayList<>();
        List<Subject> subjects = planned.stream()
                .map(place -> place.entry().subject())
                .distinct()
                .toList();
        for (Subject subject : shown(subjects)) {
            add(sheets, heat(subject));
            add(sheets, images(subject));
        }
        return sheets;
    }

    /** The first, so that single things and pairs are both among them where both are drawn. */
    static List<Subject> shown(List<Subject> subjects) {
        Map<Integer, Subject> sizes = new LinkedHashMap<>(); // by the number of words
        subjects.forEach(subject -> sizes.putIfAbsent(subject.words().size(), subject));
        List<Subject> shown = Stream.concat(sizes.values().stream(), subjects.stream())
                .distinct()
                .limit(SUBJECTS)
                .toList();
        return subjects.stream().filter(shown::contains).toList();
    }

    private static void add(List<Sheet> sheets, Sheet sheet) {
        if (!sheet.strips().isEmpty()) {
            sheets.add(sheet);
        }
    }

    private Sheet images(Subject subject) {
        Map<String, List<Sheet.Picture>> strips = new LinkedHashMap<>();
        long variants = planned.stream()
                .map(place -> place.entry().variant())
                .distinct()
                .count();
        long most = PICTURES / (SUBJECTS * variants);
        for (Planned place : planned) {
            List<Sheet.Picture> strip = strips.getOrDefault(place.entry().variant(), List.of());
            if (place.entry().subject() == subject && place.image() == 0 && place.atEnd() && strip.size() < most) {
                BufferedImage image = drawn(products, place.drawn().get(0));
                strips.computeIfAbsent(place.entry().variant(), variant -> new ArrayList<>())
                        .add(new Sheet.Picture(image, place.ask().orElseThrow().prompt()));
            }
        }
        return new Sheet(
                "Drawn of " + subject.name(),
                "The first image of each prompt, or of as many as there is room for.",
                false,
                strips(strips));
    }

    private Sheet heat(Subject subject) {
        Map<String, List<Sheet.Picture>> strips = new LinkedHashMap<>();
        for (int i = 0; i < planned.size(); i++) {
            Planned place = planned.get(i);
            if (place.entry().subject() == subject && place.ask().isEmpty()) {
                JsonNode result = results.get(i).value();
                List<Sheet.Picture> pictures = new ArrayList<>();
                for (String word : subject.words()) {
                    JsonNode map = result.path(word).path("attention");
                    if (map.isObject()) {
                        BufferedImage picture =
                                HeatPicture.of(subject.pictures().get(0), map(map), SIDE);
                        pictures.add(new Sheet.Picture(picture, caption(word, result.path(word))));
                    }
                }
                if (!pictures.isEmpty()) {
                    strips.put(place.entry().variant(), pictures);
                }
            }
        }
        return new Sheet("Where words look in " + subject.name(), subject.sentence(), true, strips(strips));
    }

    private static String caption(String word, JsonNode result) {
        JsonNode overlap = result.path(WordWork.NUMBERS).path(Figure.MASK_IOU.key());
        List<String> nearest = new ArrayList<>();
        result.path("nearest").forEach(token -> nearest.add(token.asText()));
        return word
                + (overlap.isNumber() ? String.format(Locale.ROOT, ", IoU %.2f", overlap.doubleValue()) : "")
                + ", near " + String.join(", ", nearest);
    }

    private static HeatMap map(JsonNode node) {
        float[] values = new float[node.path("values").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.path("values").get(i).floatValue();
        }
        return new HeatMap(node.path("height").asInt(), node.path("width").asInt(), values);
    }

    private static List<Sheet.Strip> strips(Map<String, List<Sheet.Picture>> strips) {
        return strips.entrySet().stream()
                .map(strip -> new Sheet.Strip(strip.getKey(), strip.getValue()))
                .toList();
    }

    /**
     * What was drawn, small enough for a page of many. Results alone make a report, so an image whose file was deleted is an
     * empty square.
     */
    static BufferedImage drawn(Products products, Product drawn) {
        return products.isMade(drawn) ? small(WordWork.image(products.folder(drawn))) : blank();
    }

    private static BufferedImage blank() {
        BufferedImage square = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = square.createGraphics();
        canvas.setColor(BLANK);
        canvas.fillRect(0, 0, SIDE, SIDE);
        canvas.dispose();
        return square;
    }

    private static BufferedImage small(BufferedImage image) {
        if (image.getWidth() <= SIDE && image.getHeight() <= SIDE) {
            return image;
        }
        double scale = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
        int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
        int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = small.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(image, 0, 0, width, height, null);
        canvas.dispose();
        return small;
    }
}
