package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(300);

    @Test
    void resultsComeInOrder() {
        List<Integer> done = new ArrayList<>();
        new Crew(3).run(List.of(1, 2, 3, 4, 5, 6, 7), piece -> 10 * piece, done::add);
        assertEquals(List.of(10, 20, 30, 40, 50, 60, 70), done);
    }

    @Test
    void piecesThatRunHaveEndedWhenAFailureArrives() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> new Crew(2)
                        .run(
                                List.of("fails", "works"),
                                piece -> {
                                    if (piece.equals("works")) {
                                        begun.countDown();
                                        computeFor(LONG);
                                        ended.set(true);
                                        return piece;
                                    }
                                    await(begun);
                                    throw new IllegalArgumentException(piece);
                                },
                                piece -> {}));
        assertTrue(ended.get());
        assertEquals("fails", e.getMessage());
    }

    @Test
    void anInterruptWaitsForThePiecesToo() {
        AtomicBoolean ended = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        assertThrows(
                IllegalStateException.class,
                () -> new Crew(1)
                        .run(
                                List.of("works"),
                                piece -> {
                                    caller.interrupt();
                                    computeFor(LONG);
                                    ended.set(true);
                                    return piece;
                                },
                                piece -> {}));
        boolean interrupted = Thread.interrupted();
        assertTrue(ended.get());
        assertTrue(interrupted, "the caller still knows");
    }

    /** As native code does: without a look at interrupts. */
    private static void computeFor(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
