package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far the reference implementation itself is from its float64 run when it runs in float32, from {@code
 * manifest.json}: in long computations, whose errors grow from step to step, the usual limit is below that.
 */
record Float32Error(Path root, String file) {

    static Float32Error of(Path file) {
        Path root = file.toAbsolutePath().getParent().getParent().getParent();
        return new Float32Error(
                root, root.relativize(file.toAbsolutePath()).toString().replace('\\', '/'));
    }

    /** {@code factor} times that error relative to the largest value, but at least the usual limit. */
    double limit(String tensor, double factor) {
        for (String name : new String[] {"manifest.json", "manifest-2.json"}) {
            Path manifest = root.resolve(name);
            if (Files.isRegularFile(manifest)) {
                var error = Config.read(manifest)
                        .json()
                        .path("files")
                        .path(file)
                        .path("f32err_absmax_and_refmax")
                        .path(tensor);
                if (error.size() == 2) {
                    return Math.max(
                            GoldenReport.LIMIT,
                            factor * error.get(0).asDouble() / error.get(1).asDouble());
                }
            }
        }
        return GoldenReport.LIMIT;
    }
}
