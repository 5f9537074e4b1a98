package dev.hapax.evaluation.grid;

import dev.hapax.checkpoint.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The products of a grid, {@code products/<key>}. A product is made in {@code products/<key>.part} by whoever needs it
 * first, in this process or another, while the others wait; it gets its name when it is whole. What a killed process left
 * in the part folder is thrown away, or gone on from.
 */
public final class Products {
    private final Path root;
    private final Path locks;

    Products(Path root, Path locks) {
        this.root = root;
        this.locks = locks;
    }

    /** Fills a folder. */
    @FunctionalInterface
    interface Maker {
        void make(Path folder) throws Exception;
    }

    /** Whether it is there and whole. */
    public boolean isMade(Product product) {
        return Files.isDirectory(folder(product));
    }

    /** Where it is, if it is made. */
    public Path folder(Product product) {
        return root.resolve(product.key());
    }

    /**
     * Makes a product unless it is there.
     *
     * @param goesOn whether the maker goes on from what a killed one left
     * @param stop asked while another process makes the same one
     * @return whether it was made here
     */
    boolean make(Product product, boolean goesOn, BooleanSupplier stop, Maker maker) throws Exception {
        if (isMade(product)) {
            return false;
        }
        return new FolderLock(locks.resolve(product.key())).hold(stop, () -> {
            if (isMade(product)) {
                return false;
            }
            Path part = root.resolve(product.key() + ".part");
            if (!goesOn) {
                delete(part);
            }
            Files.createDirectories(part);
            maker.make(part);
            byte[] description = (product.description().text() + "\n").getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(part.resolve("product.json"), description);
            force(part);
            Files.move(part, folder(product), StandardCopyOption.ATOMIC_MOVE);
            return true;
        });
    }

    private static void delete(Path folder) throws IOException {
        for (Path path : within(folder)) {
            Files.delete(path);
        }
    }

    /** Brings all bytes to the disk, so that not even a power cut makes a whole name of half a product. */
    private static void force(Path folder) throws IOException {
        for (Path path : within(folder)) {
            if (Files.isRegularFile(path)) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    /** Everything in a folder and the folder itself, the inner first; nothing if there is none. */
    private static List<Path> within(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
