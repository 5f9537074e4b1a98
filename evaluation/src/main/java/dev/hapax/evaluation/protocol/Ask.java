package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.WordBox;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Style;
import java.util.List;
import java.util.Optional;

/**
 * Something to draw with learned words.
 *
 * @param name what is asked for, without the words, such as {@code on a beach}
 * @param prompt with the words
 * @param words those that stand in it
 * @param style the style it asks for, if it is one that the attribute reader knows and not the picture's own
 * @param place the background it asks for, if it is one that the attribute reader knows
 * @param things nouns of the things whose presence is asked about; empty if nobody asks
 * @param boxes where words of the prompt are held; empty for nowhere
 * @param part the part of the evaluation that it belongs to, which gets a table of its own; empty for none
 * @param noise added to the seed of the drawing: asks with the same begin from the same noise, image by image
 */
public record Ask(
        String name,
        String prompt,
        List<String> words,
        Optional<Style> style,
        Optional<Background> place,
        List<String> things,
        List<WordBox> boxes,
        Optional<String> part,
        long noise) {
    /** Keeps copies of the lists. */
    public Ask {
        words = List.copyOf(words);
        things = List.copyOf(things);
        boxes = List.copyOf(boxes);
    }

    /** For a word alone or several, without a wish for style or place. */
    public static Ask of(String name, String prompt, List<String> words) {
        return new Ask(
                name, prompt, words, Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty(), 0);
    }

    /** The same for a place. */
    public Ask at(Background background) {
        return new Ask(name, prompt, words, style, Optional.of(background), things, boxes, part, noise);
    }

    /** The same for a style. */
    public Ask in(Style hand) {
        return new Ask(name, prompt, words, Optional.of(hand), place, things, boxes, part, noise);
    }

    /** The same, asking whether these things are there. */
    public Ask lookingFor(List<String> nouns) {
        return new Ask(name, prompt, words, style, place, nouns, boxes, part, noise);
    }

    /** The same with words held in boxes. */
    public Ask holding(List<WordBox> places) {
        return new Ask(name, prompt, words, style, place, things, places, part, noise);
    }

    /** The same as a part of the evaluation. */
    public Ask partOf(String table) {
        return new Ask(name, prompt, words, style, place, things, boxes, Optional.of(table), noise);
    }

    /** The same from other noise. */
    public Ask from(long other) {
        return new Ask(name, prompt, words, style, place, things, boxes, part, other);
    }

    /** Whether it asks for something that the picture does not show. */
    public boolean isEdit() {
        return style.isPresent() || place.isPresent();
    }

    /** Whether it asks for one word and nothing else. */
    public boolean isAlone() {
        return words.size() == 1 && !isEdit() && things.isEmpty();
    }
}
