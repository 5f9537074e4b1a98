package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    @Test
    void aLogHasALineForTheFirstWorkAndEveryTenthWithTheTimeLeft() {
        try (ProgressBar bar = bar(false)) {
            for (int i = 0; i < 40; i++) {
                now += 3;
                bar.advance(0.25, "loss " + i);
            }
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(11, lines.size());
        assertTrue(lines.get(0).endsWith("3 %  1:57 left  loss 0"), lines.get(0));
        assertTrue(lines.get(1).endsWith("10 %  1:48 left  loss 3"), lines.get(1)); // 12 s for a tenth
        assertTrue(lines.get(10).endsWith("100 %  2:00 in all  loss 39"), lines.get(10));
    }

    @Test
    void aLogIsNotSilentForLong() {
        try (ProgressBar bar = bar(false)) {
            for (int i = 0; i < 30; i++) {
                now += 60;
                bar.advance(0.01, "");
            }
        }
        assertEquals(6, bytes.toString(StandardCharsets.UTF_8).lines().count()); // minutes 1, 6, 11, ... 26
    }

    @Test
    void aTerminalHasOneLineThatIsDrawnOver() {
        try (ProgressBar bar = bar(true)) {
            now += 1;
            bar.advance(5, "");
            bar.advance(1, "too soon to draw again");
            now += 1;
            bar.advance(4, "");
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(2, text.chars().filter(c -> c == '\r').count());
        assertEquals(1, text.lines().filter(line -> !line.isEmpty()).skip(1).count());
        assertTrue(text.endsWith(System.lineSeparator()));
    }

    @Test
    void noTimeIsToldThatNobodyKnows() {
        try (ProgressBar bar = bar(false)) {
            now += 3600;
            bar.advance(1, "1 of 10 learn", OptionalDouble.empty());
            bar.advance(1, "2 of 10 place", OptionalDouble.of(61));
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).endsWith(" 10 %  1 of 10 learn"), lines.get(0));
        assertTrue(lines.get(1).endsWith(" 20 %  1:01 left  2 of 10 place"), lines.get(1));
    }

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(err, terminal, () -> Instant.ofEpochSecond(now), "job", 10);
    }
}
