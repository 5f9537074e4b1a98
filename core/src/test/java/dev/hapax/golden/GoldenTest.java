package dev.hapax.golden;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares this library with reference numbers, file by file: everything under {@code -Dhapax.goldens=FOLDER}, or under
 * the copy in the test resources. A file that no check covers is reported as skipped, never as passed.
 */
class GoldenTest {

    @TestFactory
    Stream<DynamicTest> everyFile() throws IOException, URISyntaxException {
        Path root = root();
        String only = System.getProperty("hapax.goldens.only", "");
        List<Path> files = goldenFiles(root).stream()
                .filter(file -> root.relativize(file).toString().contains(only))
                .toList();
        assertFalse(files.isEmpty(), root + " holds no reference files");
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(root.relativize(file).toString(), () -> run(root, file)));
    }

    private static void run(Path root, Path file) throws Exception {
        String name = root.relativize(file).toString();
        List<GoldenCheck> checks = GoldenChecks.ALL.stream()
                .filter(check -> check.covers(root, file))
                .toList();
        if (checks.isEmpty()) {
            abort("not yet covered: " + name);
        }
        GoldenReport report = new GoldenReport();
        for (GoldenCheck check : checks) {
            check.check(file, report);
        }
        System.out.println(report.line(name));
        assertTrue(report.comparisons() > 0, name + ": nothing was compared");
        assertTrue(report.failures().isEmpty(), name + ":\n  " + String.join("\n  ", report.failures()));
    }

    static Path root() throws URISyntaxException {
        String given = System.getProperty("hapax.goldens", "");
        if (!given.isBlank()) {
            return Path.of(given);
        }
        URL copy = Objects.requireNonNull(GoldenTest.class.getResource("/goldens"), "test resources hold no goldens");
        return Path.of(copy.toURI());
    }

    /** Files with reference numbers: what lies in a folder called golden, and the few that stand alone. */
    private static List<Path> goldenFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isReference(root.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isReference(Path file) {
        String folder =
                file.getParent() == null ? "" : file.getParent().getFileName().toString();
        String name = file.getFileName().toString();
        return switch (folder) {
            case "golden" -> name.endsWith(".safetensors");
            case "schedulers", "ops" -> name.endsWith(".safetensors");
            case "embeds", "tokenizer-toys" -> name.equals("expected.json");
            case "" -> name.equals("clip-tokens.json");
            default -> false;
        };
    }
}
