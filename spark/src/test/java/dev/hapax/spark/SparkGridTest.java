package dev.hapax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(600)
class SparkGridTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path root;

    @BeforeAll
    static void asSparkSubmitDoes() {
        System.setProperty("spark.master", "local[*]");
        System.setProperty("spark.ui.enabled", "false");
    }

    @AfterAll
    static void forget() {
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
    }

    @Test
    void computesAndWritesTheTable() throws IOException {
        String table = root.resolve("run").resolve("parquet").toUri().toString();
        assertEquals(0, run(write(Orchard.described(root.resolve("journal"), "")), "--dry-run"));
        assertEquals(
                "12 cells, 0 of them cached; to do: 12 x apple, 1 x soil, 3 x tree; no estimate, because some of this"
                        + " was never done in this folder\n",
                out.toString());
        assertEquals(0, run(write(Orchard.described(root.resolve("journal"), "")), "--partitions", "2"));
        assertTrue(out.toString().endsWith("12 results in " + table + "\n"), out.toString());
        assertTrue(err.toString().startsWith("0 of 12 cells\n"), err.toString());
        assertTrue(err.toString().endsWith("12 of 12 cells, about 0 s left\n"), err.toString());
        List<GridResult> local = Orchard.local(root.resolve("local"), root.resolve("other"), "", Orchard.apples());
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            assertEquals(local, new ParquetResults(session, table, Orchard.FORMAT).read());
        }
    }

    @Test
    void aFailedCellIsOneLine() throws IOException {
        assertEquals(1, run(write(Orchard.described(root.resolve("journal"), "worm"))));
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.get(lines.size() - 1).startsWith("hapax: 1 of 12 cells failed"), err.toString());
    }

    @Test
    void aMissingClassIsOneLine() throws IOException {
        assertEquals(1, run(write(Orchard.described(root.resolve("journal"), "jar"))));
        assertEquals("hapax: failed: java.lang.NoClassDefFoundError: a/Spade\n", err.toString());
    }

    @Test
    void aFolderOfAnotherVersionIsAMistake() throws IOException {
        GridFolder.open(root.resolve("run"), Orchard.FORMAT + 1);
        assertEquals(2, run(write(Orchard.described(root.resolve("journal"), ""))));
        assertTrue(err.toString().contains("was written by another version of Hapax"), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                         | is no JSON: ",
                "{\"source\": 3}           | describes no grid; write {\"source\": \"a.b.Class\", \"settings\": {...}}",
                "{\"source\": \"a.B\", \"settings\": {}} | there is no class a.B here; put its jar into spark-submit's --jars",
                "{\"source\": \"java.lang.Object\", \"settings\": {}} | java.lang.Object is no grid; it must implement dev",
                "{\"source\": \"java.lang.Math\", \"settings\": {}} | java.lang.Math cannot be opened; it must be public",
            })
    void aBadDescriptionIsOneLine(String content, String expected) throws IOException {
        Path file = root.resolve("grid.json");
        Files.writeString(file, content);
        assertEquals(2, run(file));
        assertTrue(err.toString().contains(expected), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void aMissingDescriptionIsOneLine() {
        assertEquals(2, run(root.resolve("none.json")));
        assertTrue(err.toString().contains("none.json cannot be read"), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    private int run(Path grid, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--grid", grid.toString()));
        arguments.addAll(List.of("--folder", root.resolve("run").toString()));
        arguments.addAll(List.of(more));
        return SparkGrid.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private Path write(GridDescription grid) throws IOException {
        return Files.writeString(
                root.resolve("grid.json"),
                "{\"source\": \"" + grid.source() + "\", \"settings\": " + grid.settings() + "}");
    }
}
