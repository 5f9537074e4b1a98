package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.run.StopOnExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A bakery in a process of its own, which says on standard output what it does, and takes its time. */
final class BakeryProcess extends Bakery {
    private final Path journal; // one line per product that any process makes

    private BakeryProcess(Path journal) {
        this.journal = journal;
    }

    /** Bakes all loaves: folder, workers. */
    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        BakeryProcess bakery = new BakeryProcess(Path.of(arguments[0] + ".journal"));
        try (StopOnExit stop = new StopOnExit()) {
            say(bakery.bakeAll(GridRunner.of(GridFolder.open(root, FORMAT), Integer.parseInt(arguments[1])), stop));
        }
    }

    private String bakeAll(GridRunner runner, StopOnExit stop) {
        try {
            runner.run(grid(loaves()), p -> say("settled " + p.last()), stop);
            return "over";
        } catch (GridStoppedException e) {
            return e.getMessage();
        }
    }

    static Process start(Path root, int workers) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BakeryProcess.class.getName(),
                        root.toString(),
                        String.valueOf(workers))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public void make(Product product, List<Path> needs, Path folder, Oven oven) throws Exception {
        Files.writeString(
                journal, product.description().text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("half"), "made");
        say("making " + product.description().kind());
        Thread.sleep(100);
        Files.delete(folder.resolve("half"));
        super.make(product, needs, folder, oven);
    }

    @Override
    public ObjectNode result(Cell cell, List<Path> needs, Oven oven) throws Exception {
        say("computing");
        Thread.sleep(20);
        return super.result(cell, needs, oven);
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }
}
