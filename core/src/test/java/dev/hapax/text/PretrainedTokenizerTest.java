package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedTokenizerTest {
    @TempDir
    Path folder;

    private static PretrainedTokenizer bert() throws URISyntaxException {
        return PretrainedTokenizer.open(Path.of(
                Objects.requireNonNull(PretrainedTokenizerTest.class.getResource("/goldens/tokenizer-toys/bert"))
                        .toURI()));
    }

    @Test
    void theFrameStaysWhenATextIsCut() throws URISyntaxException {
        try (PretrainedTokenizer tokenizer = bert()) {
            TokenSequence whole = tokenizer.encode("a photo of a cat");
            assertArrayEquals(new long[] {2, 32, 107, 106, 32, 110, 3}, whole.ids());
            assertArrayEquals(new long[] {2, 32, 107, 3}, whole.truncated(4).ids());
            assertEquals(whole, whole.truncated(7));
            assertEquals(OptionalLong.of(3), tokenizer.idOf("[SEP]"));
            assertEquals(OptionalLong.empty(), tokenizer.idOf("a cat"));
        }
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        String missing = String.valueOf(assertThrows(CheckpointException.class, () -> PretrainedTokenizer.open(folder))
                .getMessage());
        assertTrue(missing.contains("tokenizer.json is missing"), missing);
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 3}");
        String damaged = String.valueOf(assertThrows(CheckpointException.class, () -> PretrainedTokenizer.open(folder))
                .getMessage());
        assertTrue(damaged.contains("tokenizer.json is not a readable tokenizer"), damaged);
    }
}
