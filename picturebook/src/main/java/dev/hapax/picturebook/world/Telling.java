package dev.hapax.picturebook.world;

import java.util.ArrayList;
import java.util.List;

/** What a canonical caption tells of a scene. */
record Telling(List<Noun> nouns, Relation relation, Background background, Style style) {

    static Telling of(Scene scene) {
        return new Telling(
                scene.things().stream().map(Noun::of).toList(), scene.relation(), scene.background(), scene.style());
    }

    String text() {
        StringBuilder text = new StringBuilder(Wording.withArticle(style.noun()))
                .append(" of ")
                .append(nouns.get(0).text());
        if (nouns.size() > 1) {
            text.append(' ')
                    .append(relation.words())
                    .append(' ')
                    .append(nouns.get(1).text());
        }
        return text.append(' ').append(background.words()).toString();
    }

    Telling with(int index, Noun noun) {
        List<Noun> changed = new ArrayList<>(nouns);
        changed.set(index, noun);
        return new Telling(changed, relation, background, style);
    }

    Telling with(Relation other) {
        return new Telling(nouns, other, background, style);
    }

    Telling with(Background other) {
        return new Telling(nouns, relation, other, style);
    }

    Telling with(Style other) {
        return new Telling(nouns, relation, background, other);
    }

    /** Whether the same things are told to be in the same places, in other words perhaps. */
    boolean sameAs(Telling other) {
        return equals(other) || nouns.size() > 1 && turned().equals(other);
    }

    private Telling turned() {
        return new Telling(List.of(nouns.get(1), nouns.get(0)), relation.inverse(), background, style);
    }

    /** What is told of one thing. */
    record Noun(ColorName color, Pattern pattern, Kind kind) {

        static Noun of(Thing thing) {
            return new Noun(thing.look().color(), thing.look().pattern(), thing.kind());
        }

        String text() {
            String pattern = this.pattern == Pattern.PLAIN ? "" : this.pattern.word() + " ";
            return Wording.withArticle(color.word() + " " + pattern + kind.word());
        }

        Noun with(ColorName other) {
            return new Noun(other, pattern, kind);
        }

        Noun with(Pattern other) {
            return new Noun(color, other, kind);
        }

        Noun with(Kind other) {
            return new Noun(color, pattern, other);
        }
    }
}
