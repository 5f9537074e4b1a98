package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What reports say was run can be run again. */
class CommandTextTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final Console CONSOLE = new Console(NOWHERE, NOWHERE, Map.of(), false);

    private static final String STUDIO =
            " --model models/sd15 --judge clip --dino dinov2 --reader reader --detector detr-resnet-50";

    @Test
    void ofABench() {
        for (String text : new String[] {
            "hapax bench mcpl --scale small",
            "hapax bench mcpl --scale paper" + STUDIO + " --pictures my/pairs",
            "hapax bench invent --scale small --prior karlo"
        }) {
            BenchCommand bench = CommandLine.populateCommand(new BenchCommand(CONSOLE), arguments(text, 2));
            assertEquals(text, bench.command());
        }
    }

    @Test
    void ofAnEvaluation() {
        String text = "hapax evaluate --words first my/second --pictures my/pictures --prompts my/prompts.txt --count 8"
                + " --seed 3 --steps 20 --guidance 5.0" + STUDIO;
        EvaluateCommand evaluate = CommandLine.populateCommand(new EvaluateCommand(CONSOLE), arguments(text, 2));
        assertEquals(text, evaluate.command());
    }

    private static String[] arguments(String text, int from) {
        return (text.split(" ", from + 1)[from] + " --workers 2 --out out").split(" ");
    }
}
