package dev.hapax.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.ClusterRunner;
import dev.hapax.evaluation.grid.GridFailedException;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridProgress;
import dev.hapax.evaluation.grid.GridResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SparkClusterTest {
    private static SparkSession session;

    @TempDir
    Path root;

    @BeforeAll
    static void start() {
        session = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    @Test
    void anyNumberOfPartitionsIsTheLocalRunner() throws IOException {
        List<GridResult> local = Orchard.local(root.resolve("local"), journal(), "", Orchard.apples());
        Map<String, String> files = Orchard.bytes(root.resolve("local"));
        assertEquals(
                12 + 4,
                files.keySet().stream().filter(name -> name.endsWith(".json")).count());
        byte[] table = {};
        for (int partitions : new int[] {1, 2, 7, 0, 40}) {
            Path folder = root.resolve("spark" + partitions);
            List<GridResult> results = run(folder, "", partitions, Orchard.apples(), new ArrayList<>());
            assertEquals(local, results);
            assertEquals(files, Orchard.bytes(folder));
            ParquetResults parquet = parquet(folder);
            parquet.write(results);
            assertEquals(local, parquet.read());
            byte[] bytes = onlyFile(folder.resolve("parquet"));
            if (partitions == 1) {
                table = bytes;
            }
            assertArrayEquals(table, bytes);
        }
    }

    @Test
    void eachProductIsMadeOnceAndEachShareOpensOneContextForOneThread() throws IOException {
        List<GridProgress> told = new ArrayList<>();
        run(root.resolve("spark"), "", 3, Orchard.apples(), told);
        List<String> lines = Files.readAllLines(journal());
        List<String> grown =
                lines.stream().filter(line -> line.startsWith("grow")).toList();
        assertEquals(4, grown.size());
        assertEquals(4, new HashSet<>(grown).size());
        List<String> opened =
                lines.stream().filter(line -> line.startsWith("open")).toList();
        assertEquals(4 + 3, opened.size()); // one per product, one per share of the cells
        assertEquals(List.of("open, 1 threads"), opened.stream().distinct().toList());
        assertEquals(7, lines.stream().filter(line -> line.equals("close")).count());
        assertEquals(1 + 4 + 12, told.size());
        assertEquals(12, told.get(told.size() - 1).done());
    }

    @Test
    void whatTheStoreHoldsIsNotComputedAgain() throws IOException {
        Path folder = root.resolve("both");
        Path other = root.resolve("other.txt");
        List<Cell> some = Orchard.apples().subList(0, 5);
        Orchard.local(folder, other, "", some);
        List<GridResult> results = run(folder, "", 2, Orchard.apples(), new ArrayList<>());
        List<String> lines = Files.readAllLines(journal());
        assertEquals(
                Orchard.apples().stream()
                        .filter(cell -> !some.contains(cell))
                        .map(cell -> "weigh " + cell.description().text())
                        .sorted()
                        .toList(),
                lines.stream().filter(line -> line.startsWith("weigh")).sorted().toList());
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("grow")), lines.toString());
        Files.delete(journal());
        assertEquals(results, run(folder, "", 2, Orchard.apples(), new ArrayList<>()));
        assertFalse(Files.exists(journal()), "a second run opens nothing");
        assertEquals(results, Orchard.local(folder, journal(), "", Orchard.apples())); // and back again
        assertFalse(Files.exists(journal()), "the local runner finds what Spark computed");
    }

    @Test
    void aFailingCellNamesItselfAndLosesNoOther() throws IOException {
        assertFailsAlike("worm", "1 of 12 cells failed", ": a worm is in it");
        assertEquals(11, results(root.resolve("spark")));
        assertEquals(
                12,
                run(root.resolve("spark"), "", 5, Orchard.apples(), new ArrayList<>())
                        .size());
    }

    @Test
    void aFailingProductFailsItsCellsOnly() throws IOException {
        assertFailsAlike("moth", "4 of 12 cells failed", ", which failed: a moth");
        assertEquals(8, results(root.resolve("spark")));
    }

    private void assertFailsAlike(String wrong, String begin, String end) {
        String local = assertThrows(
                        GridFailedException.class,
                        () -> Orchard.local(root.resolve("local"), root.resolve("local.txt"), wrong, Orchard.apples()))
                .getMessage();
        String failed = assertThrows(
                        GridFailedException.class,
                        () -> run(root.resolve("spark"), wrong, 2, Orchard.apples(), new ArrayList<>()))
                .getMessage();
        assertEquals(local, failed);
        assertTrue(failed.startsWith(begin) && failed.endsWith(end), failed);
        assertEquals(1, failed.lines().count());
    }

    @Test
    void aContextThatDoesNotOpenIsOneLine() {
        IllegalStateException failed = assertThrows(
                IllegalStateException.class,
                () -> run(root.resolve("spark"), "gate", 2, Orchard.apples(), new ArrayList<>()));
        assertEquals(
                "the executors cannot go on: the gate is locked and the key is lost; what was computed is kept, run"
                        + " again to go on from there",
                failed.getMessage());
    }

    @Test
    void aNegativeNumberOfPartitionsIsAMistake() {
        JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
        GridDescription grid = Orchard.described(journal(), "");
        assertEquals(
                "the number of partitions must be positive, or 0 to leave it to Hapax; got -1",
                assertThrows(IllegalArgumentException.class, () -> new SparkCluster(spark, grid, root, -1))
                        .getMessage());
    }

    @Test
    void onlyAWholeTableOfThisFormatIsRead() {
        List<GridResult> results = Orchard.local(root.resolve("local"), journal(), "", Orchard.apples());
        ParquetResults parquet = parquet(root);
        assertTrue(mistake(parquet).startsWith(parquet.location() + " cannot be read as Parquet: "), mistake(parquet));
        parquet.write(results);
        assertEquals(
                parquet.location() + " was written by another version of Hapax: its results have format 5, this"
                        + " version's 6; run the grid again",
                mistake(new ParquetResults(session, parquet.location(), Orchard.FORMAT + 1)));
        String other = root.resolve("damaged").toUri().toString();
        session.read()
                .parquet(parquet.location())
                .selectExpr("position", "reverse(key) key", "kind", "cell", "needs", "format", "result")
                .write()
                .parquet(other);
        assertTrue(mistake(new ParquetResults(session, other, Orchard.FORMAT)).startsWith(other + " is damaged: "));
        session.read()
                .parquet(parquet.location())
                .select("key")
                .write()
                .mode("overwrite")
                .parquet(other);
        assertEquals(
                other + " holds no results of a grid: its columns are key, wanted position, key, kind, cell, needs,"
                        + " format, result",
                mistake(new ParquetResults(session, other, Orchard.FORMAT)));
        parquet.write(results.subList(3, 5)); // in place of what was there
        assertEquals(results.subList(3, 5), parquet.read());
    }

    private static String mistake(ParquetResults parquet) {
        return assertThrows(IllegalArgumentException.class, parquet::read).getMessage();
    }

    private List<GridResult> run(Path folder, String wrong, int partitions, List<Cell> cells, List<GridProgress> told) {
        SparkCluster cluster = new SparkCluster(
                new JavaSparkContext(session.sparkContext()), Orchard.described(journal(), wrong), folder, partitions);
        return new ClusterRunner(GridFolder.open(folder, Orchard.FORMAT), cluster).run(cells, told::add);
    }

    private ParquetResults parquet(Path folder) {
        return new ParquetResults(session, folder.resolve("parquet").toUri().toString(), Orchard.FORMAT);
    }

    private Path journal() {
        return root.resolve("journal.txt");
    }

    private static byte[] onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts =
                    files.filter(file -> file.toString().endsWith(".parquet")).toList();
            assertEquals(1, parts.size());
            return Files.readAllBytes(parts.get(0));
        }
    }

    private static long results(Path folder) throws IOException {
        return Orchard.bytes(folder).keySet().stream()
                .filter(name -> name.startsWith("results") && name.endsWith(".json"))
                .count();
    }
}
