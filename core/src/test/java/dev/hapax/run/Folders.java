package dev.hapax.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders of models to be changed by a test. */
final class Folders {
    private static final Path OWN = Path.of("src/test/resources/goldens");

    /** The models of the reference numbers. */
    static final Path GOLDENS = Files.exists(OWN) ? OWN : Path.of("core").resolve(OWN);

    private Folders() {}

    /** Copies all files of a folder. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
