package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A scene's caption, each word with what the picture makes of it.
 *
 * @param words of the caption
 * @param marks one for each word
 */
record MarkedCaption(List<String> words, List<Mark> marks) {

    /** What became of a word. */
    enum Mark {
        /** It says nothing that can be judged. */
        SILENT,
        /** The picture is true to it. */
        RIGHT,
        /** The picture is not. */
        WRONG
    }

    static MarkedCaption of(Scene scene, Verdict verdict) {
        List<String> words = List.of(new Captions().full(scene).split(" "));
        Marker marker = new Marker(words, new ArrayList<>(Collections.nCopies(words.size(), Mark.SILENT)));
        marker.mark(scene.style().noun(), verdict.style());
        for (int i = 0; i < scene.things().size(); i++) {
            if (i > 0) {
                marker.mark(scene.relation().words(), verdict.place());
            }
            Thing thing = scene.things().get(i);
            Verdict.Part part = verdict.things().get(i);
            marker.mark(thing.look().color().word(), part.color());
            if (thing.look().pattern() != Pattern.PLAIN) { // captions are silent about it
                marker.mark(thing.look().pattern().word(), part.pattern());
            }
            marker.mark(thing.kind().word(), part.present());
        }
        marker.mark(scene.background().words(), verdict.background());
        return new MarkedCaption(words, List.copyOf(marker.marks));
    }

    /** Finds phrases one after the other. */
    private static final class Marker {
        private final List<String> words;
        private final List<Mark> marks;
        private int next;

        Marker(List<String> words, List<Mark> marks) {
            this.words = words;
            this.marks = marks;
        }

        void mark(String phrase, boolean right) {
            List<String> wanted = List.of(phrase.split(" "));
            int found = Collections.indexOfSubList(words.subList(next, words.size()), wanted);
            if (found >= 0) {
                Collections.fill(
                        marks.subList(next + found, next + found + wanted.size()), right ? Mark.RIGHT : Mark.WRONG);
                next += found + wanted.size();
            }
        }
    }
}
