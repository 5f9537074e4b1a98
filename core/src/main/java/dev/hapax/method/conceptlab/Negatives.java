package dev.hapax.method.conceptlab;

import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ask.AnswerText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Known things that a word shall not be, each once, in the order in which they came; grows while a word is learned. */
public final class Negatives {
    private static final long GIVEN = -1; // before any step

    private final Map<String, Long> since = new LinkedHashMap<>();

    /** Things that are known from the beginning; may be none. */
    public Negatives(List<String> names) {
        names.forEach(name -> add(name, GIVEN));
    }

    /**
     * Adds a thing, written as {@link AnswerText#normalise} writes it.
     *
     * @param step before which it was named
     * @return whether it was not there before
     * @throws IllegalArgumentException if nothing is left of the name
     */
    public boolean add(String name, long step) {
        String plain = AnswerText.normalise(name);
        if (plain.isEmpty()) {
            throw new IllegalArgumentException("\"" + name + "\" names nothing; give a noun, such as cat");
        }
        return since.putIfAbsent(plain, step) == null;
    }

    /** The names, in the order in which they came. */
    public List<String> names() {
        return List.copyOf(since.keySet());
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return since.isEmpty();
    }

    /** The step before which the last one was named; empty if none was. */
    public OptionalLong last() {
        return since.values().stream()
                .mapToLong(Long::longValue)
                .filter(step -> step != GIVEN)
                .max();
    }

    Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        since.forEach((name, step) -> memory.put(memory.size() + " " + name, Tensor.of(new long[] {step}, 1)));
        return memory;
    }

    void remember(Map<String, Tensor> memory) {
        since.clear();
        memory.keySet().stream()
                .sorted(java.util.Comparator.comparingInt(key -> Integer.parseInt(key.substring(0, key.indexOf(' ')))))
                .forEach(key -> since.put(
                        key.substring(key.indexOf(' ') + 1),
                        java.util.Objects.requireNonNull(memory.get(key)).toLongs()[0]));
    }
}
