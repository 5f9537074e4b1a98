package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.picturebook.check.MarkedCaption.Mark;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Scene;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkedCaptionTest {
    private static final Verdict.Part GOOD = new Verdict.Part(true, true, true);

    @Test
    void everyJudgedWordIsMarked() {
        for (int number = 0; number < 100; number++) {
            Scene scene = HeldOut.prompt(1, number);
            MarkedCaption caption = MarkedCaption.of(scene, new Verdict(List.of(GOOD, GOOD), true, true, true));
            String marked = words(caption, Mark.RIGHT);
            assertEquals(judged(scene), marked);
            assertEquals("", words(caption, Mark.WRONG));
        }
    }

    @Test
    void whatIsWrongIsMarkedSo() {
        Scene scene = HeldOut.prompt(1, 0);
        Verdict.Part bad = new Verdict.Part(true, false, true);
        MarkedCaption caption = MarkedCaption.of(scene, new Verdict(List.of(GOOD, bad), false, true, true));
        assertEquals(
                scene.relation().words() + " "
                        + scene.things().get(1).look().color().word(),
                words(caption, Mark.WRONG));
    }

    private static String judged(Scene scene) {
        String things = scene.things().stream()
                .map(t -> t.look().color().word()
                        + (t.look().pattern() == Pattern.PLAIN
                                ? ""
                                : " " + t.look().pattern().word())
                        + " " + t.kind().word())
                .collect(Collectors.joining(" " + scene.relation().words() + " "));
        return scene.style().noun() + " " + things + " " + scene.background().words();
    }

    private static String words(MarkedCaption caption, Mark mark) {
        return IntStream.range(0, caption.words().size())
                .filter(i -> caption.marks().get(i) == mark)
                .mapToObj(i -> caption.words().get(i))
                .collect(Collectors.joining(" "));
    }
}
