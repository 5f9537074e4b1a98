package dev.hapax.vision;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The colors of a picture in words: each color of its palette becomes the nearest of the eleven basic color words (Berlin
 * and Kay 1969) in CIEDE2000. The words stand for what people call so on the screen (xkcd's color survey, Munroe 2010); the
 * named colors of CSS have a brown that is a dark red.
 */
public final class ColorWords {
    private static final Map<String, Lab> BASIC = basic();

    private ColorWords() {}

    private static Map<String, Lab> basic() {
        Map<String, Lab> words = new LinkedHashMap<>();
        words.put("black", Lab.ofRgb(0, 0, 0));
        words.put("white", Lab.ofRgb(255, 255, 255));
        words.put("gray", Lab.ofRgb(146, 149, 145));
        words.put("red", Lab.ofRgb(229, 0, 0));
        words.put("orange", Lab.ofRgb(249, 115, 6));
        words.put("yellow", Lab.ofRgb(255, 255, 20));
        words.put("green", Lab.ofRgb(21, 176, 26));
        words.put("blue", Lab.ofRgb(3, 67, 223));
        words.put("purple", Lab.ofRgb(126, 30, 156));
        words.put("pink", Lab.ofRgb(255, 129, 192));
        words.put("brown", Lab.ofRgb(101, 55, 0));
        return words;
    }

    /** The basic color word nearest to a color. */
    public static String nearest(int red, int green, int blue) {
        Lab color = Lab.ofRgb(red, green, blue);
        return BASIC.entrySet().stream()
                .min(Comparator.comparingDouble(word -> word.getValue().difference(color)))
                .orElseThrow()
                .getKey();
    }

    /**
     * The color words of a picture with their shares of its pixels, the largest first.
     *
     * @param picture RGB
     * @param most colors of the palette, at least 1
     */
    public static Map<String, Double> of(Raster picture, int most) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Palette.Color color : Palette.of(picture, most).colors()) {
            shares.merge(nearest(color.red(), color.green(), color.blue()), color.share(), Double::sum);
        }
        Map<String, Double> sorted = new LinkedHashMap<>();
        shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
