package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.run.LearnRequest;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PriorOptionsTest {
    private static PriorOptions options(String... arguments) {
        return CommandLine.populateCommand(new PriorOptions(), arguments);
    }

    @Test
    void howLongAndHowFastIsTheAuthors() {
        assertEquals(new LearnRequest.Pace(2500, 1e-4, 1, 0, 0), options().pace(false, false), "to invent");
        assertEquals(new LearnRequest.Pace(2000, 1e-4, 1, 0, 0), options().pace(true, false), "to mix");
    }

    @Test
    void theLittleModelLearnsFasterWithItsOwnPriorAlone() {
        assertEquals(new LearnRequest.Pace(2500, 1e-3, 1, 0, 0), options().pace(false, true));
        assertEquals(1e-4, options("--prior", "karlo").pace(false, true).rate());
    }

    @Test
    void whatIsSaidCounts() {
        assertEquals(
                new LearnRequest.Pace(7, 0.5, 2, 3, 0),
                options("--steps", "7", "--rate", "0.5", "--batch", "2", "--seed", "3")
                        .pace(true, true));
    }
}
