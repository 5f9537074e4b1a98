package dev.hapax.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Contexts;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.GridRunner;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Work;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A grid for tests: soil is prepared, trees grow in it, apples are weighed with real tensors. Whoever does something writes
 * a line into the journal.
 */
public final class Orchard implements GridSource<Orchard.Gardener> {
    static final int FORMAT = 5;
    private static final int TREES = 3;
    private static final int APPLES = 4;

    /** A worker's own. */
    public record Gardener(Path journal) implements AutoCloseable {
        void write(String line) throws IOException {
            Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        public void close() throws IOException {
            write("close");
        }
    }

    static GridDescription described(Path journal, String wrong) {
        ObjectNode settings = object().put("journal", journal.toString()).put("wrong", wrong);
        return new GridDescription(Orchard.class.getName(), settings.toString());
    }

    static List<GridResult> local(Path root, Path journal, String wrong, List<Cell> cells) {
        Orchard orchard = new Orchard();
        Tools<Gardener> tools = orchard.tools(described(journal, wrong).parsed());
        return GridRunner.of(GridFolder.open(root, FORMAT), 1)
                .run(new Grid<>(cells, tools.work(), tools.contexts()), progress -> {}, () -> false);
    }

    static Product soil() {
        return Product.of("soil", object().put("from", "the hill"), List.of());
    }

    static Product tree(int tree) {
        return Product.of("tree", object().put("tree", tree), List.of(soil()));
    }

    static Cell apple(int tree, int apple) {
        return Cell.of("apple", object().put("apple", apple), List.of(tree(tree)));
    }

    static List<Cell> apples() {
        List<Cell> cells = new ArrayList<>();
        for (int apple = 0; apple < APPLES; apple++) {
            for (int tree = 0; tree < TREES; tree++) {
                cells.add(apple(tree, apple));
            }
        }
        return cells;
    }

    @Override
    public int format() {
        return FORMAT;
    }

    @Override
    public List<Cell> cells(JsonNode settings) {
        if (settings.path("wrong").asText().equals("jar")) {
            throw new NoClassDefFoundError("a/Spade");
        }
        return apples();
    }

    @Override
    public Tools<Gardener> tools(JsonNode settings) {
        return new Tools<>(work(settings), contexts(settings));
    }

    private static Contexts<Gardener> contexts(JsonNode settings) {
        if (settings.path("wrong").asText().equals("gate")) {
            return worker -> {
                throw new IOException("the gate is locked\n  and the key is lost");
            };
        }
        return worker -> {
            Gardener gardener = new Gardener(Path.of(settings.path("journal").asText()));
            gardener.write("open, " + Engine.threads() + " threads");
            return gardener;
        };
    }

    private static Work<Gardener> work(JsonNode settings) {
        String wrong = settings.path("wrong").asText();
        return new Work<>() {
            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Gardener gardener) throws Exception {
                int apple = cell.description().settings().path("apple").asInt();
                gardener.write("weigh " + cell.description().text());
                if (wrong.equals("worm") && cell.equals(apple(1, 2))) {
                    throw new IOException("a worm\n  is in it");
                }
                String tree = Files.readString(needs.get(0).resolve("grown.txt"));
                try (Scope scope = Scope.open()) {
                    Rng rng = new Rng(tree.hashCode());
                    double weight = rng.normal(Purpose.EVALUATION, 0, apple, 8, 8)
                            .matmul(rng.normal(Purpose.EVALUATION, 1, apple, 8, 8))
                            .sum()
                            .item();
                    return object().put("weight", weight).put("tree", tree);
                }
            }

            @Override
            public void make(Product product, List<Path> needs, Path folder, Gardener gardener) throws Exception {
                gardener.write("grow " + product.description().text());
                if (wrong.equals("moth") && product.equals(tree(1))) {
                    throw new IOException("a moth");
                }
                StringBuilder grown =
                        new StringBuilder(product.description().settings().toString());
                for (Path need : needs) {
                    grown.append(" in ").append(Files.readString(need.resolve("grown.txt")));
                }
                Files.writeString(folder.resolve("grown.txt"), grown.toString());
            }
        };
    }

    /** All bytes of results and products. */
    static Map<String, String> bytes(Path root) throws IOException {
        return bytes(root, List.of("results", "products"));
    }

    /** All bytes of results. */
    static Map<String, String> results(Path root) throws IOException {
        return bytes(root, List.of("results"));
    }

    private static Map<String, String> bytes(Path root, List<String> parts) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String part : parts) {
            try (Stream<Path> paths = Files.walk(root.resolve(part))) {
                for (Path path : paths.toList()) {
                    files.put(
                            root.relativize(path).toString(),
                            Files.isDirectory(path) ? "folder" : Files.readString(path));
                }
            }
        }
        return files;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
