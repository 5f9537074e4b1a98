package dev.hapax.layout;

import java.util.Optional;

/**
 * A thing that a prompt names.
 *
 * @param phrase as it stands in the prompt: a noun, a learned word, or a learned word and the noun behind it
 * @param noun the noun in it, if there is one
 * @param start the phrase's first character in the prompt
 * @param end one after its last
 */
record Thing(String phrase, Optional<String> noun, int start, int end) {

    boolean overlaps(Thing other) {
        return start < other.end && other.start < end;
    }
}
