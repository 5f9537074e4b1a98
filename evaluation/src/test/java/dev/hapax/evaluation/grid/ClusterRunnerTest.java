package dev.hapax.evaluation.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterRunnerTest {
    @TempDir
    Path root;

    /** One machine that takes pieces from the end, and knows of them only what travels. */
    private static final class Backwards implements Cluster {
        private final ClusterTask<Bakery.Oven> task;
        final List<String> asked = new ArrayList<>();

        Backwards(GridFolder folder, Bakery bakery) {
            task = new ClusterTask<>(folder, bakery, bakery.new Oven(), System::nanoTime, () -> false);
        }

        @Override
        public int workers() {
            return 1;
        }

        @Override
        public void make(List<Product> products, Consumer<Outcome> settled) {
            asked.add(products.size() + " x " + products.get(0).description().kind());
            each(products, task::make, settled);
        }

        @Override
        public void compute(List<Cell> cells, Consumer<Outcome> settled) {
            asked.add(cells.size() + " x " + cells.get(0).description().kind());
            each(cells, task::compute, settled);
        }

        private static <P> void each(List<P> pieces, Function<P, Outcome> work, Consumer<Outcome> settled) {
            List<P> backwards = new ArrayList<>(pieces);
            Collections.reverse(backwards);
            backwards.forEach(piece -> settled.accept(travelled(work.apply(travelled(piece)))));
        }

        @SuppressWarnings("unchecked")
        private static <T> T travelled(T thing) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(thing);
                out.flush();
                return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
            } catch (IOException | ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A bakery where some things go wrong. */
    private static final class Clumsy extends Bakery {
        @Override
        public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
            super.make(product, needs, folder, oven);
            if (product.equals(dough(1))) {
                throw new IOException("the dough\n  fell down");
            }
        }

        @Override
        public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
            ObjectNode result = super.result(cell, needs, oven);
            if (cell.equals(loaf(2, 3))) {
                throw new OutOfMemoryError();
            }
            return result;
        }
    }

    @Test
    void aClusterIsOneWorker() throws IOException {
        List<GridResult> local = Bakery.bake(root.resolve("local"), 1);
        Bakery bakery = new Bakery();
        GridFolder folder = GridFolder.open(root.resolve("cluster"), Bakery.FORMAT);
        Backwards cluster = new Backwards(folder, bakery);
        List<GridProgress> told = new ArrayList<>();
        assertEquals(local, new ClusterRunner(folder, cluster).run(Bakery.loaves(), told::add));
        assertEquals(Bakery.bytes(root.resolve("local")), Bakery.bytes(root.resolve("cluster")));
        assertEquals(List.of("1 x flour", "3 x dough", "15 x loaf"), cluster.asked);
        assertEquals(4, bakery.made.get());
        assertEquals(20, told.size()); // the beginning, 4 products, 15 cells
        assertEquals(15, told.get(19).done());
        assertEquals(19, Files.readAllLines(folder.times()).size());
    }

    @Test
    void whatIsThereIsNotAskedFor() {
        Bakery.bake(root, 2);
        List<Cell> cells = new ArrayList<>(Bakery.loaves());
        cells.add(Bakery.loaf(0, 9));
        cells.add(Bakery.loaf(0, 1)); // twice in the grid
        GridFolder folder = GridFolder.open(root, Bakery.FORMAT);
        Backwards cluster = new Backwards(folder, new Bakery());
        assertEquals(
                17,
                new ClusterRunner(folder, cluster).run(cells, progress -> {}).size());
        assertEquals(List.of("1 x loaf"), cluster.asked);
        new ClusterRunner(folder, cluster).run(cells, progress -> {});
        assertEquals(List.of("1 x loaf"), cluster.asked);
        assertEquals(
                "16 cells, 16 of them cached; nothing to do",
                new ClusterRunner(folder, cluster).plan(cells).text());
    }

    @Test
    void aTaskDoesNotRepeatWhatALostOneKept() {
        GridFolder folder = GridFolder.open(root, Bakery.FORMAT);
        Bakery.bake(root, 1);
        Bakery bakery = new Bakery();
        ClusterTask<Bakery.Oven> task =
                new ClusterTask<>(folder, bakery, bakery.new Oven(), System::nanoTime, () -> false);
        assertEquals(new Outcome(Bakery.loaf(0, 0).key(), 0, null), task.compute(Bakery.loaf(0, 0)));
        assertEquals(new Outcome(Bakery.dough(0).key(), 0, null), task.make(Bakery.dough(0)));
        assertEquals(0, bakery.computed.get() + bakery.made.get());
    }

    @Test
    void failuresAreNamedAsOneWorkerNamesThem() throws IOException {
        GridRunner local = GridRunner.of(GridFolder.open(root.resolve("local"), Bakery.FORMAT), 1);
        GridFailedException expected = assertThrows(
                GridFailedException.class,
                () -> local.run(new Clumsy().grid(Bakery.loaves()), progress -> {}, () -> false));
        GridFolder folder = GridFolder.open(root.resolve("cluster"), Bakery.FORMAT);
        Clumsy bakery = new Clumsy();
        ClusterRunner runner = new ClusterRunner(folder, new Backwards(folder, bakery));
        GridFailedException failed =
                assertThrows(GridFailedException.class, () -> runner.run(Bakery.loaves(), progress -> {}));
        assertEquals(expected.getMessage(), failed.getMessage());
        assertTrue(failed.getMessage().startsWith("6 of 15 cells failed"), failed.getMessage());
        assertEquals(1, failed.getMessage().lines().count());
        assertEquals(
                expected.failures().stream().map(CellFailure::cell).toList(),
                failed.failures().stream().map(CellFailure::cell).toList());
        assertEquals(10, bakery.computed.get()); // the cells of the spoiled dough are not tried
        assertEquals(
                9,
                Bakery.bytes(root.resolve("cluster")).keySet().stream()
                        .filter(name -> name.startsWith("results") && name.endsWith(".json"))
                        .count());
    }

    @Test
    void whatNeedsASpoiledProductNamesTheFirstThatFailed() {
        Bakery bakery = new Bakery() {
            @Override
            public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
                throw new IOException("no wind");
            }
        };
        GridFolder folder = GridFolder.open(root, Bakery.FORMAT);
        Backwards cluster = new Backwards(folder, bakery);
        GridFailedException failed = assertThrows(
                GridFailedException.class,
                () -> new ClusterRunner(folder, cluster).run(List.of(Bakery.loaf(0, 0)), progress -> {}));
        assertEquals(List.of("1 x flour"), cluster.asked);
        assertTrue(
                failed.getMessage()
                        .endsWith(Bakery.loaf(0, 0).description().text() + ": needs "
                                + Bakery.flour().description().text() + ", which failed: no wind"),
                failed.getMessage());
    }

    @Test
    void aKilledTaskBlamesNoPiece() {
        Bakery bakery = new Bakery() {
            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
                throw new InterruptedException();
            }
        };
        Bakery.bake(root, 1);
        ClusterTask<Bakery.Oven> task = new ClusterTask<>(
                GridFolder.open(root, Bakery.FORMAT), bakery, bakery.new Oven(), System::nanoTime, () -> true);
        assertEquals(
                "the task was killed",
                assertThrows(IllegalStateException.class, () -> task.compute(Bakery.loaf(0, 9)))
                        .getMessage());
    }
}
