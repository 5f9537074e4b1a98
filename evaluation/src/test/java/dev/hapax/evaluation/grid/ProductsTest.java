package dev.hapax.evaluation.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProductsTest {
    private static final Product DOUGH = Bakery.dough(0);

    @TempDir
    Path root;

    private Products products;

    @BeforeEach
    void open() {
        products = GridFolder.open(root, Bakery.FORMAT).products();
    }

    @Test
    void whatWasHalfMadeIsThrownAway() throws Exception {
        assertThrows(
                IOException.class,
                () -> make(false, folder -> {
                    Files.createDirectories(folder.resolve("deep"));
                    Files.writeString(folder.resolve("deep").resolve("half"), "x");
                    throw new IOException("killed");
                }));
        assertFalse(products.isMade(DOUGH));
        assertTrue(make(false, folder -> {
            assertEquals(List.of(), names(folder));
            Files.writeString(folder.resolve("whole"), "y");
        }));
        assertEquals(List.of("product.json", "whole"), names(products.folder(DOUGH)));
        assertFalse(make(false, folder -> {
            throw new AssertionError("it is there already");
        }));
    }

    @Test
    void whatWasHalfMadeCanBeGoneOnFrom() throws Exception {
        assertThrows(
                IOException.class,
                () -> make(true, folder -> {
                    Files.writeString(folder.resolve("half"), "x");
                    throw new IOException("killed");
                }));
        assertTrue(make(true, folder -> assertEquals(List.of("half"), names(folder))));
        assertEquals(List.of("half", "product.json"), names(products.folder(DOUGH)));
    }

    @Test
    void ofManyOneMakesAndTheOthersWait() throws Exception {
        AtomicInteger makers = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < 8; i++) { // each with a view of its own, as other runs in this process would have
            Products own = GridFolder.open(root, Bakery.FORMAT).products();
            made.add(threads.submit(() -> {
                start.await();
                boolean here = own.make(DOUGH, false, () -> false, folder -> {
                    makers.incrementAndGet();
                    Thread.sleep(200);
                    Files.writeString(folder.resolve("whole"), "y");
                });
                assertEquals(List.of("product.json", "whole"), names(own.folder(DOUGH)));
                return here;
            }));
        }
        start.countDown();
        int here = 0;
        for (Future<Boolean> each : made) {
            here += each.get() ? 1 : 0;
        }
        threads.shutdown();
        assertEquals(1, here);
        assertEquals(1, makers.get());
    }

    @Test
    void whoWaitsCanBeTold() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread maker = new Thread(() -> {
            try {
                make(false, folder -> {
                    making.countDown();
                    goOn.await();
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        maker.start();
        making.await();
        assertThrows(StoppedException.class, () -> products.make(DOUGH, false, () -> true, folder -> {}));
        goOn.countDown();
        maker.join();
        assertTrue(products.isMade(DOUGH));
    }

    private boolean make(boolean goesOn, Products.Maker maker) throws Exception {
        return products.make(DOUGH, goesOn, () -> false, maker);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
