package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Text files with one thing on each line, which people write by hand. */
public final class TextLines {
    private TextLines() {}

    /**
     * All lines of a file in UTF-8, blank ones too.
     *
     * @param thing what is on a line, such as {@code caption}, for the message
     * @throws CheckpointException if there is no such file, or it cannot be read as text
     */
    public static List<String> of(Path file, String thing) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new CheckpointException("there is no file of " + thing + "s " + file + advice(thing), e);
        } catch (IOException e) {
            throw new CheckpointException(
                    "the file of " + thing + "s " + file + " cannot be read as text" + advice(thing), e);
        }
    }

    private static String advice(String thing) {
        return "; write one " + thing + " on each line, in UTF-8";
    }
}
