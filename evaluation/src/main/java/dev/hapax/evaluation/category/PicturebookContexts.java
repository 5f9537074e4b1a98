package dev.hapax.evaluation.category;

import dev.hapax.method.conceptlab.Context;
import java.util.List;
import java.util.stream.Stream;

/** Contexts in the words that Picturebook's captions are made of: half plain pictures, half other styles and places. */
final class PicturebookContexts {
    private PicturebookContexts() {}

    static List<Context> things() {
        return Stream.of(
                        "a picture of a {}",
                        "a drawing of a {}",
                        "an image of a {}",
                        "a {}",
                        "a picture of the {}",
                        "a picture of a {} on a plain background",
                        "a sketch of a {}",
                        "a watercolor of a {}",
                        "a picture of a {} on grass",
                        "a picture of a {} on a beach",
                        "a picture of a {} at night",
                        "a picture of a {} in a room")
                .map(Context::of)
                .toList();
    }

    static List<Context> look() {
        return Stream.of(
                        "a picture of a {} on a plain background",
                        "a watercolor of a {} on grass",
                        "a picture of a {} on a beach")
                .map(Context::of)
                .toList();
    }

    static List<Context> styles() {
        return Stream.of("cat", "dog", "teapot", "tree", "house", "car", "mug", "chair", "boat", "flower")
                .map(thing -> new Context("a {} of a " + thing, "a " + thing))
                .toList();
    }
}
