package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Cheap work for tests: flour is ground, doughs are made of it, loaves are baked and weighed. */
class Bakery implements Work<Bakery.Oven> {
    static final int FORMAT = 3;

    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger computed = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    /** A worker's own. */
    class Oven implements AutoCloseable {
        Oven() {
            opened.incrementAndGet();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    static Product flour() {
        return Product.of("flour", CanonicalJson.object().put("mill", "wind"), List.of());
    }

    static Product dough(int dough) {
        return Product.of("dough", CanonicalJson.object().put("dough", dough), List.of(flour()));
    }

    static Cell loaf(int dough, int loaf) {
        return Cell.of("loaf", CanonicalJson.object().put("loaf", loaf), List.of(dough(dough)));
    }

    /** Three doughs of five loaves. */
    static List<Cell> loaves() {
        List<Cell> cells = new ArrayList<>();
        for (int loaf = 0; loaf < 5; loaf++) {
            for (int dough = 0; dough < 3; dough++) {
                cells.add(loaf(dough, loaf));
            }
        }
        return cells;
    }

    Grid<Oven> grid(List<Cell> cells) {
        return new Grid<>(cells, this, worker -> new Oven());
    }

    @Override
    public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
        made.incrementAndGet();
        StringBuilder text = new StringBuilder(product.description().settings().toString());
        for (Path need : needs) {
            text.append(" of ").append(Files.readString(need.resolve("made.txt")));
        }
        Files.writeString(folder.resolve("made.txt"), text.toString());
    }

    @Override
    public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
        computed.incrementAndGet();
        int loaf = cell.description().settings().path("loaf").asInt();
        return CanonicalJson.object()
                .put("weight", 0.1f * loaf)
                .put("from", Files.readString(needs.get(0).resolve("made.txt")));
    }

    static List<GridResult> bake(Path root, int workers) {
        Bakery bakery = new Bakery();
        return GridRunner.of(GridFolder.open(root, FORMAT), workers)
                .run(bakery.grid(loaves()), progress -> {}, () -> false);
    }

    /** All bytes of results and products. */
    static Map<String, String> bytes(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String part : List.of("results", "products")) {
            try (Stream<Path> paths = Files.walk(root.resolve(part))) {
                for (Path path : paths.toList()) {
                    String name = root.relativize(path).toString();
                    files.put(name, Files.isDirectory(path) ? "folder" : Files.readString(path));
                }
            }
        }
        return files;
    }
}
