package dev.hapax.evaluation.grid;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread of all processes of this machine in at a time. A process that dies leaves its locks open, because the
 * system holds them; so whoever has the lock knows that nobody else is at work.
 *
 * @param file the empty file that is locked; it stays
 */
record FolderLock(Path file) {
    private static final long POLL_MILLIS = 50;

    /**
     * One gate per file for the threads of this process. It is static because the system's locks are: they belong to the
     * process, and closing one channel of a file opens the locks of all.
     */
    private static final ConcurrentMap<Path, ReentrantLock> GATES = new ConcurrentHashMap<>();

    /** What is done while the lock is held. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws Exception;
    }

    /**
     * Waits for the lock and does something.
     *
     * @param stop asked while waiting
     * @throws StoppedException if {@code stop} says so first
     */
    <T> T hold(BooleanSupplier stop, Action<T> action) throws Exception {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ReentrantLock gate = GATES.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
        while (!gate.tryLock(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            StoppedException.check(stop);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, stop)) {
            return action.run();
        } finally {
            gate.unlock();
        }
    }

    private static FileLock lock(FileChannel channel, BooleanSupplier stop) throws IOException, InterruptedException {
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            StoppedException.check(stop);
            Thread.sleep(POLL_MILLIS);
        }
    }
}
