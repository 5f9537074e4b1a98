package dev.hapax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridRunner;
import dev.hapax.evaluation.protocol.Studio;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bench of a paper on Spark, with the embedded model. */
@Timeout(600)
class BenchGridTest {
    private static final Path MODEL = Path.of("../picturebook/src/main/resources/dev/hapax/picturebook/model")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path root;

    @BeforeAll
    static void asSparkSubmitDoes() {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
    }

    @AfterAll
    static void forget() {
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
    }

    @Test
    void aBenchOnSparkIsTheLocalOne() throws Exception {
        Path description = Files.writeString(
                root.resolve("grid.json"),
                "{\"source\": \"" + BenchGrid.class.getName() + "\", \"settings\": " + settings() + "}");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = SparkGrid.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "--grid",
                description.toString(),
                "--folder",
                root.resolve("spark").toString());
        assertEquals(0, code, err.toString());
        assertTrue(out.toString().startsWith("230 results in "), out.toString());

        BenchGrid bench = new BenchGrid();
        List<Cell> cells = bench.cells(settings());
        GridSource.Tools<Studio.Place> tools = bench.tools(settings());
        GridRunner.of(GridFolder.open(root.resolve("local"), bench.format()), 1)
                .run(new Grid<>(cells, tools.work(), tools.contexts()), progress -> {}, () -> false);
        assertEquals(Orchard.results(root.resolve("local")), Orchard.results(root.resolve("spark")));
    }

    @Test
    void wrongSettingsAreToldInOneLine() {
        assertMistake("a bench needs the setting \"model\", a folder", object().put("bench", "mcpl"));
        assertMistake(
                "there is no setting \"modle\" of a bench; there are: bench, scale, model, pictures, judge, dino, reader,"
                        + " detector, prior",
                object().put("modle", "/sd15"));
        assertMistake(
                "\"model\" must be an absolute path, the same on all machines; got \"sd15\"",
                object().put("model", "sd15"));
        assertMistake(
                "there is no bench \"mcql\"; there are: mcpl, disendiff, compositional, pairs, sweep, attributes, invent",
                settings().put("bench", "mcql"));
        assertMistake(
                "there is no scale \"\"; there are: tiny, small, paper",
                settings().put("scale", ""));
    }

    private static void assertMistake(String line, ObjectNode settings) {
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> new BenchGrid().cells(settings))
                        .getMessage());
    }

    private static ObjectNode settings() {
        return object().put("bench", "mcpl").put("scale", "tiny").put("model", MODEL.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
