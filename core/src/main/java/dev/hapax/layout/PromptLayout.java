package dev.hapax.layout;

import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the things of a prompt shall stand.
 *
 * @param things how many the prompt names
 * @param boxes by the phrase of the prompt; empty if the predictor has nothing to say of this prompt
 * @param note for people: what the boxes are of, or why there are none
 */
public record PromptLayout(int things, Map<String, Box> boxes, String note) {

    /** Keeps a copy of the map in its order. */
    public PromptLayout {
        boxes = Collections.unmodifiableMap(new LinkedHashMap<>(boxes));
    }

    /**
     * Reads a prompt and predicts, if it names two things that stand side by side. A thing without a known noun is taken
     * for the noun that is nearest to it (Zhang et al. 2024).
     *
     * @param more phrases of the prompt that are things as well, known nouns or not
     * @param learned the learned words that a prompt may hold
     * @param raw what goes into the text encoder for a phrase without a known noun
     */
    public static PromptLayout of(
            LayoutPredictor predictor,
            String prompt,
            Collection<String> more,
            Collection<String> learned,
            Function<String, float[]> raw) {
        List<String> nouns = predictor.nouns().names();
        List<String> words = new ArrayList<>(learned);
        words.addAll(more);
        List<Thing> things = PromptThings.of(prompt, nouns, words);
        List<String> phrases = things.stream().map(Thing::phrase).toList();
        if (phrases.size() != 2 || phrases.get(0).equals(phrases.get(1))) {
            String named = phrases.isEmpty() ? "nothing that it knows" : String.join(", ", phrases);
            String known = phrases.size() < 2 ? " (" + String.join(", ", nouns) + ")" : "";
            return new PromptLayout(
                    phrases.size(),
                    Map.of(),
                    "the layout predictor places two different things" + known + ", the prompt names " + named);
        }
        Thing first = things.get(0);
        Thing second = things.get(1);
        Sides sides = Sides.of(prompt.substring(first.end(), second.start()));
        if (sides == Sides.NOT_BESIDE) {
            return new PromptLayout(
                    2,
                    Map.of(),
                    "the layout predictor places things side by side, the prompt puts " + first.phrase() + " and "
                            + second.phrase() + " otherwise");
        }
        String one = noun(predictor, first, raw);
        String two = noun(predictor, second, raw);
        PairLayout pair = predictor.predict(one, two);
        PairLayout placed = sides == Sides.FIRST_RIGHT ? pair.mirrored() : pair;
        Map<String, Box> boxes = new LinkedHashMap<>();
        boxes.put(first.phrase(), placed.firstBox());
        boxes.put(second.phrase(), placed.secondBox());
        return new PromptLayout(2, boxes, told(first, one) + " and " + told(second, two));
    }

    private static String noun(LayoutPredictor predictor, Thing thing, Function<String, float[]> raw) {
        return thing.noun().orElseGet(() -> predictor.nouns().nearest(raw.apply(thing.phrase())));
    }

    private static String told(Thing thing, String noun) {
        return thing.noun().isPresent() ? thing.phrase() : thing.phrase() + " (as " + noun + ")";
    }
}
