package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which subjects the page has room for. */
class SheetsTest {
    private static final List<Subject> SINGLE = LearnedConcepts.of(TinyGround.drawn(), 4);
    private static final Subject PAIR = LearnedConcepts.pair(SINGLE.get(0), SINGLE.get(1));

    private static List<String> shown(List<Subject> subjects) {
        return names(Sheets.shown(subjects));
    }

    private static List<String> names(List<Subject> subjects) {
        return subjects.stream().map(Subject::name).toList();
    }

    @Test
    void theFirstThree() {
        assertEquals(names(SINGLE.subList(0, 3)), shown(SINGLE));
        assertEquals(names(SINGLE.subList(0, 2)), shown(SINGLE.subList(0, 2)));
    }

    @Test
    void aPairIsAmongThemWherePairsAreDrawn() {
        List<Subject> all = List.of(SINGLE.get(0), SINGLE.get(1), SINGLE.get(2), SINGLE.get(3), PAIR);
        assertEquals(names(List.of(SINGLE.get(0), SINGLE.get(1), PAIR)), shown(all));
    }
}
