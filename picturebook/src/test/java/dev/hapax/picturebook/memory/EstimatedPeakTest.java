package dev.hapax.picturebook.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.render.Renderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The estimated peak of a run is within 15 % of the measured one, for what comes on top of the loaded model: copies of
 * weights, gradients, moments, activations and what libtorch's operations need beside. Each run has a process of its own
 * in which glibc maps every block of 40 KiB and more for itself (so small tensors are not seen, and each block is
 * rounded up to whole pages) and reports how much of them there was at most; what was mapped before the run is taken
 * off. Resident memory would add the Java heap, compiled code and what the allocator has not given back.
 */
@EnabledOnOs(OS.LINUX)
class EstimatedPeakTest {
    private static final double CLOSE = 0.15;
    private static final Pattern SYSTEM = Pattern.compile("system bytes\\s+=\\s+(\\d+)");
    private static final Pattern MOST = Pattern.compile("max mmap bytes\\s+=\\s+(\\d+)");

    @TempDir
    private Path folder;

    /** Bytes on top of the model. */
    private record Peak(long estimated, long measured) {}

    @ParameterizedTest
    @CsvSource({
        "dreambooth, plain, 1, 1.05",
        "dreambooth, text-encoder, 1, 1.05",
        "dreambooth, lora, 4, 0.5",
        "custom-diffusion, plain, 4, 0.5",
        "custom-diffusion, augment, 4, 0.5",
        "disendiff, plain, 8, 0.5"
    })
    void isCloseToTheMeasuredOne(String method, String variant, int batch, double falls) throws Exception {
        draw(folder.resolve("pair.png"), 3);
        draw(Files.createDirectory(folder.resolve("prior")).resolve("one.png"), 5);
        Peak plain = run(method, variant, batch, false);
        Peak checkpointed = run(method, variant, batch, true);
        System.out.println(method + " " + variant + ": kept " + plain + ", checkpointed "
                + checkpointed); // for docs/benchmarks.md
        for (Peak peak : List.of(plain, checkpointed)) {
            assertEquals(1, (double) peak.estimated / peak.measured, CLOSE, plain + " " + checkpointed);
        }
        assertTrue(checkpointed.measured <= falls * plain.measured, plain + " " + checkpointed);
    }

    private static void draw(Path file, int colour) throws IOException {
        BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 128 * 128; i++) {
            image.setRGB(i % 128, i / 128, i * colour);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private Peak run(String method, String variant, int batch, boolean checkpointing) throws Exception {
        String name = method + variant + checkpointing;
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // the second compiler maps megabytes for a moment
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                PeakRun.class.getName(),
                model().toString(),
                folder.resolve("pair.png").toString(),
                folder.resolve("prior").toString(),
                method,
                Integer.toString(batch),
                Boolean.toString(checkpointing),
                folder.resolve(name).toString(),
                variant);
        java.environment().put("MALLOC_MMAP_THRESHOLD_", "40960");
        java.redirectOutput(out.toFile()).redirectError(err.toFile());
        String errors = java.start().waitFor() == 0 ? "" : Files.readString(err);
        assertEquals("", errors);
        String[] reports = Files.readString(err).split("Arena 0:", -1); // nothing, before, after
        long measured = number(MOST, reports[2]) - mapped(reports[1]);
        return new Peak(Long.parseLong(Files.readString(out).strip().split(" ")[1]), measured);
    }

    private static Path model() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Renderer.class.getResource("/dev/hapax/picturebook/model"))
                .toURI());
    }

    /** What is mapped in blocks of their own: all that the allocator has from the system but for its arenas. */
    private static long mapped(String report) {
        int total = report.indexOf("Total (incl. mmap)");
        Matcher arena = SYSTEM.matcher(report.substring(0, total));
        long arenas = 0;
        while (arena.find()) {
            arenas += Long.parseLong(arena.group(1));
        }
        return number(SYSTEM, report.substring(total)) - arenas;
    }

    private static long number(Pattern what, String report) {
        Matcher found = what.matcher(report);
        assertTrue(found.find(), report);
        return Long.parseLong(found.group(1));
    }
}
