package dev.hapax.evaluation.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GridRunnerTest {
    @TempDir
    Path root;

    @Test
    void oneWorkerIsThree() throws IOException {
        List<GridResult> one = Bakery.bake(root.resolve("one"), 1);
        List<GridResult> three = Bakery.bake(root.resolve("three"), 3);
        assertEquals(one.toString(), three.toString());
        assertEquals(one, three);
        Map<String, String> files = Bakery.bytes(root.resolve("one"));
        assertEquals(files, Bakery.bytes(root.resolve("three")));
        assertEquals(
                15,
                files.keySet().stream()
                        .filter(name -> name.endsWith(".json") && name.startsWith("results"))
                        .count());
        assertEquals(
                4,
                files.keySet().stream()
                        .filter(name -> name.endsWith("product.json"))
                        .count());
    }

    @Test
    void aSecondRunComputesAndOpensNothing() {
        List<GridResult> first = Bakery.bake(root, 3);
        Bakery bakery = new Bakery();
        List<GridProgress> told = new ArrayList<>();
        assertEquals(first, run(bakery, Bakery.loaves(), 3, told));
        assertEquals(0, bakery.computed.get() + bakery.made.get() + bakery.opened.get());
        assertEquals(List.of(new GridProgress(15, 15, OptionalDouble.of(0), "")), told);
    }

    @Test
    void sharedProductsAreMadeOnceAndContextsClosed() {
        Bakery bakery = new Bakery();
        run(bakery, Bakery.loaves(), 3, new ArrayList<>());
        assertEquals(4, bakery.made.get());
        assertEquals(15, bakery.computed.get());
        assertEquals(3, bakery.opened.get());
        assertEquals(3, bakery.closed.get());
    }

    @Test
    void resultsComeInTheOrderOfTheCells() {
        CountDownLatch second = new CountDownLatch(1);
        Bakery bakery = new Bakery() {
            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
                if (cell.equals(loaf(0, 1))) {
                    assertTrue(second.await(60, TimeUnit.SECONDS));
                }
                ObjectNode result = super.result(cell, needs, oven);
                if (cell.equals(loaf(1, 2))) {
                    second.countDown();
                }
                return result;
            }
        };
        List<Cell> cells = List.of(Bakery.loaf(0, 1), Bakery.loaf(1, 2), Bakery.loaf(0, 1));
        List<GridResult> results = run(bakery, cells, 2, new ArrayList<>());
        assertEquals(cells, results.stream().map(GridResult::cell).toList());
        assertEquals(
                List.of(0.1, 0.2, 0.1),
                results.stream().map(r -> r.value().path("weight").asDouble()).toList());
        assertEquals(2, bakery.computed.get(), "a cell that is in the grid twice is computed once");
    }

    @Test
    void nobodyWaitsForAProductWhileThereIsOtherWork() {
        CountDownLatch other = new CountDownLatch(1);
        Bakery bakery = new Bakery() {
            @Override
            public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
                if (product.equals(dough(0))) {
                    assertTrue(other.await(60, TimeUnit.SECONDS), "the second worker took a cell that needs dough 0");
                }
                super.make(product, needs, folder, oven);
            }

            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
                if (cell.equals(loaf(1, 0))) {
                    other.countDown();
                }
                return super.result(cell, needs, oven);
            }
        };
        Bakery.bake(root.resolve("flour"), 1);
        run(bakery, List.of(Bakery.loaf(1, 9)), 1, new ArrayList<>()); // dough 1 and the flour are there
        assertEquals(
                3,
                run(bakery, List.of(Bakery.loaf(0, 0), Bakery.loaf(0, 1), Bakery.loaf(1, 0)), 2, new ArrayList<>())
                        .size());
    }

    @Test
    void aFailingCellLeavesTheOthersAlone() throws IOException {
        Bakery bakery = new Bakery() {
            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
                if (cell.description().settings().path("loaf").asInt() == 3) {
                    throw new IOException("burnt\nblack");
                }
                return super.result(cell, needs, oven);
            }
        };
        GridFailedException failed =
                assertThrows(GridFailedException.class, () -> run(bakery, Bakery.loaves(), 2, new ArrayList<>()));
        assertEquals(
                List.of(Bakery.loaf(0, 3), Bakery.loaf(1, 3), Bakery.loaf(2, 3)),
                failed.failures().stream().map(CellFailure::cell).toList());
        String message = failed.getMessage();
        assertTrue(message.startsWith("3 of 15 cells failed"), message);
        assertTrue(message.contains(Bakery.loaf(1, 3).description().text() + ": burnt black"), message);
        assertEquals(12, bakery.computed.get());
        assertEquals(Bakery.bake(root, 1), Bakery.bake(root.resolve("whole"), 1));
        assertEquals(Bakery.bytes(root.resolve("whole")), Bakery.bytes(root));
    }

    @Test
    void aFailingProductIsTriedOnceAndSpoilsOnlyItsCells() {
        Bakery bakery = new Bakery() {
            @Override
            public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
                super.make(product, needs, folder, oven);
                if (product.equals(dough(1))) {
                    throw new IllegalStateException("no yeast");
                }
            }
        };
        GridFailedException failed =
                assertThrows(GridFailedException.class, () -> run(bakery, Bakery.loaves(), 3, new ArrayList<>()));
        assertEquals(5, failed.failures().size());
        assertEquals(4, bakery.made.get());
        assertEquals(10, bakery.computed.get());
        assertTrue(failed.getMessage().contains("which failed: no yeast"), failed.getMessage());
        assertEquals(15, Bakery.bake(root, 1).size()); // the failed dough was not taken for whole
    }

    @Test
    void aResultThatIsNoNumberFails() {
        Bakery bakery = new Bakery() {
            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) {
                return CanonicalJson.object().put("weight", Double.NaN);
            }
        };
        GridFailedException failed = assertThrows(
                GridFailedException.class, () -> run(bakery, List.of(Bakery.loaf(0, 0)), 1, new ArrayList<>()));
        assertTrue(failed.getMessage().contains("weight is NaN"), failed.getMessage());
    }

    @Test
    void stopsBetweenCellsAndGoesOn() throws IOException {
        Bakery bakery = new Bakery();
        GridRunner runner = GridRunner.of(GridFolder.open(root, Bakery.FORMAT), 1);
        GridStoppedException stopped = assertThrows(
                GridStoppedException.class,
                () -> runner.run(bakery.grid(Bakery.loaves()), p -> {}, () -> bakery.computed.get() >= 4));
        assertTrue(stopped.getMessage().startsWith("stopped after 4 of 15 cells"), stopped.getMessage());
        assertEquals(1, bakery.closed.get());
        assertEquals(Bakery.bake(root, 2), Bakery.bake(root.resolve("whole"), 1));
        assertEquals(Bakery.bytes(root.resolve("whole")), Bakery.bytes(root));
    }

    @Test
    void anInterruptStopsAfterTheCellsUnderWay() throws InterruptedException {
        CountDownLatch baking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Bakery bakery = new Bakery() {
            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
                baking.countDown();
                assertTrue(goOn.await(60, TimeUnit.SECONDS)); // would throw if the worker were interrupted
                return super.result(cell, needs, oven);
            }
        };
        List<Object> seen = new ArrayList<>();
        Thread caller = new Thread(() -> {
            seen.add(assertThrows(GridStoppedException.class, () -> run(bakery, Bakery.loaves(), 1, new ArrayList<>()))
                    .getMessage());
            seen.add(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertTrue(baking.await(60, TimeUnit.SECONDS));
        caller.interrupt();
        Thread.sleep(200); // the caller notices
        goOn.countDown();
        caller.join();
        assertEquals(List.of("stopped after 1 of 15 cells; run the same again to go on from there", true), seen);
        assertEquals(1, bakery.closed.get());
    }

    @Test
    void aContextThatDoesNotOpenEndsTheRun() {
        IllegalStateException cause = new IllegalStateException("no such model");
        Grid<Bakery.Oven> grid = new Grid<>(Bakery.loaves(), new Bakery(), worker -> {
            throw cause;
        });
        GridRunner runner = GridRunner.of(GridFolder.open(root, Bakery.FORMAT), 2);
        assertSame(cause, assertThrows(IllegalStateException.class, () -> runner.run(grid, p -> {}, () -> false)));
    }

    @Test
    void plansAndTellsInCells() {
        AtomicLong clock = new AtomicLong();
        Bakery bakery = new Bakery() {
            @Override
            public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
                super.make(product, needs, folder, oven);
                clock.addAndGet(TimeUnit.SECONDS.toNanos(100));
            }

            @Override
            public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
                clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
                return super.result(cell, needs, oven);
            }
        };
        GridRunner runner = new GridRunner(GridFolder.open(root, Bakery.FORMAT), 1, clock::get);
        assertEquals(
                "15 cells, 0 of them cached; to do: 3 x dough, 1 x flour, 15 x loaf; no estimate, because some of this"
                        + " was never done in this folder",
                runner.plan(Bakery.loaves()).text());
        List<GridProgress> told = new ArrayList<>();
        runner.run(bakery.grid(List.of(Bakery.loaf(0, 0), Bakery.loaf(1, 0))), told::add, () -> false);
        assertEquals(
                List.of(
                        new GridProgress(0, 2, OptionalDouble.empty(), ""),
                        new GridProgress(0, 2, OptionalDouble.empty(), "flour"),
                        new GridProgress(0, 2, OptionalDouble.empty(), "dough"),
                        new GridProgress(1, 2, OptionalDouble.of(110), "loaf"),
                        new GridProgress(1, 2, OptionalDouble.of(10), "dough"),
                        new GridProgress(2, 2, OptionalDouble.of(0), "loaf")),
                told);
        GridRunner two = GridRunner.of(GridFolder.open(root, Bakery.FORMAT), 2);
        assertEquals( // (100 + 13 x 10) / 2
                new GridPlan(15, 2, Map.of("dough", 1, "loaf", 13), OptionalDouble.of(115)), two.plan(Bakery.loaves()));
        assertEquals(
                "15 cells, 2 of them cached; to do: 1 x dough, 13 x loaf; about 1:55 min",
                two.plan(Bakery.loaves()).text());
        Bakery.bake(root, 1);
        assertEquals(
                "15 cells, 15 of them cached; nothing to do",
                two.plan(Bakery.loaves()).text());
    }

    @Test
    void aTornLineOfTimesIsLeftOut() throws IOException {
        Bakery.bake(root, 1);
        Path times = root.resolve("times.jsonl");
        Files.writeString(times, "{\"kind\":\"loaf\",\"seconds\":2}\n{\"kind\":\"loaf\",\"sec");
        GridRunner runner = GridRunner.of(GridFolder.open(root, Bakery.FORMAT), 1);
        assertEquals(
                OptionalDouble.of(2), runner.plan(List.of(Bakery.loaf(0, 77))).seconds());
    }

    private List<GridResult> run(Bakery bakery, List<Cell> cells, int workers, List<GridProgress> told) {
        return GridRunner.of(GridFolder.open(root, Bakery.FORMAT), workers)
                .run(bakery.grid(cells), told::add, () -> false);
    }
}
