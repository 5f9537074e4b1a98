package dev.hapax.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the things that a prompt names: nouns of a list and learned words. A learned word and a noun right behind it,
 * {@code <a> cat}, are one thing; of names that overlap the longest counts, so that a hot dog is no dog.
 */
final class PromptThings {
    private static final String WORD = "(?<![\\p{L}\\p{N}])%s(?![\\p{L}\\p{N}])"; // not a part of a longer word

    private PromptThings() {}

    /** The things in the order of the prompt, each as often as it stands there. */
    static List<Thing> of(String prompt, Collection<String> nouns, Collection<String> learned) {
        List<Thing> all = new ArrayList<>();
        nouns.forEach(noun -> all.addAll(found(prompt, noun, Optional.of(noun))));
        learned.forEach(word -> all.addAll(found(prompt, word, Optional.empty())));
        all.sort(Comparator.<Thing>comparingInt(it -> it.start() - it.end()).thenComparingInt(Thing::start));
        List<Thing> longest = new ArrayList<>();
        for (Thing thing : all) {
            if (longest.stream().noneMatch(thing::overlaps)) {
                longest.add(thing);
            }
        }
        longest.sort(Comparator.comparingInt(Thing::start));
        return joined(prompt, longest);
    }

    private static List<Thing> found(String prompt, String name, Optional<String> noun) {
        List<Thing> things = new ArrayList<>();
        Matcher matcher = Pattern.compile(String.format(WORD, Pattern.quote(name)), Pattern.CASE_INSENSITIVE)
                .matcher(prompt);
        while (matcher.find()) {
            things.add(new Thing(matcher.group(), noun, matcher.start(), matcher.end()));
        }
        return things;
    }

    private static List<Thing> joined(String prompt, List<Thing> things) {
        List<Thing> joined = new ArrayList<>();
        for (Thing thing : things) {
            Thing before = joined.isEmpty() ? thing : joined.get(joined.size() - 1);
            if (before.noun().isEmpty()
                    && thing.noun().isPresent()
                    && prompt.substring(before.end(), thing.start()).isBlank()) {
                String phrase = prompt.substring(before.start(), thing.end());
                joined.set(joined.size() - 1, new Thing(phrase, thing.noun(), before.start(), thing.end()));
            } else {
                joined.add(thing);
            }
        }
        return joined;
    }
}
