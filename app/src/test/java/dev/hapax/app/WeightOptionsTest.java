package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.run.MethodName;
import dev.hapax.text.Word;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class WeightOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "custom-diffusion, false, '',           true",
        "disendiff,        false, '',           true",
        "dreambooth,       false, '',           false",
        "custom-diffusion, true,  '',           false",
        "disendiff,        true,  '',           false",
        "disendiff,        true,  --augment,    true",
        "custom-diffusion, false, --no-augment, false",
    })
    void theDrawnWorldIsNotAugmentedUnlessAsked(String method, boolean drawn, String option, boolean augments) {
        WeightOptions options = CommandLine.populateCommand(
                new WeightOptions(), option.isEmpty() ? new String[0] : new String[] {option});
        assertEquals(
                augments,
                options.of(MethodName.of(method), "a <a> cat", List.of(Word.of("<a>", "cat")), 1e-4, drawn)
                        .augment());
    }
}
