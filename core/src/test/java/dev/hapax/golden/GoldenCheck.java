package dev.hapax.golden;

import java.nio.file.Path;

/** Compares what we compute with one kind of reference file. */
interface GoldenCheck {
    /** Whether this check is for {@code file}, which lies somewhere below {@code root}. */
    boolean covers(Path root, Path file);

    /** Computes what the file holds and reports each value; the model's folder is two levels above the file. */
    void check(Path file, GoldenReport report) throws Exception;
}
