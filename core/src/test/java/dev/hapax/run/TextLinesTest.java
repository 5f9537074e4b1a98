package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    @TempDir
    private Path folder;

    @Test
    void everyLineIsKeptSoThatItsNumberIsThatOfTheFile() throws IOException {
        Path file =
                Files.writeString(folder.resolve("prompts.txt"), "# mine\r\n\n a café with <a> \nno break at the end");
        assertEquals(List.of("# mine", "", " a café with <a> ", "no break at the end"), TextLines.of(file, "prompt"));
        assertEquals(List.of(), TextLines.of(Files.createFile(folder.resolve("empty.txt")), "prompt"));
    }

    @Test
    void whatCannotBeReadIsToldInOneLine() throws IOException {
        Path nowhere = folder.resolve("nowhere.txt");
        assertMessage("there is no file of prompts " + nowhere + "; write one prompt on each line, in UTF-8", nowhere);
        Path bytes = Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\n'});
        for (Path noText : List.of(bytes, folder)) {
            assertMessage(
                    "the file of prompts " + noText
                            + " cannot be read as text; write one prompt on each line, in UTF-8",
                    noText);
        }
    }

    private static void assertMessage(String expected, Path file) {
        assertEquals(
                expected,
                assertThrows(CheckpointException.class, () -> TextLines.of(file, "prompt"))
                        .getMessage());
    }
}
