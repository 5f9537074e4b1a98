package dev.hapax.app;

import dev.hapax.app.demo.Demo;
import dev.hapax.app.demo.Effort;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.measure.ClipJudge;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hapax demo}: everything at once. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description = "Learns two words from one picture, paints with them, measures them, and writes a page about it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax demo",
            "  hapax demo --ablation --out ablation      also compares the parts of the method; takes an hour",
            "  hapax demo --scene 70000015 --out another another picture"
        })
final class DemoCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "hapax-demo",
            description = "The folder for everything. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("hapax-demo");

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--scene",
            paramLabel = "N",
            defaultValue = "" + Demo.Settings.SCENE,
            description = "The seed of the picture. Default: ${DEFAULT-VALUE}.")
    private long scene;

    @Option(names = "--steps", paramLabel = "N", description = "How long to learn. Default: what fits three minutes.")
    private @Nullable Long steps;

    @Option(names = "--rate", paramLabel = "R", description = "Learning rate.")
    private @Nullable Double rate;

    @Option(names = "--ablation", description = "Learn in other ways too, and compare.")
    private boolean ablation;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.adviseOnSurroundings();
        Path folder = model.folder(console);
        try (StableDiffusion opened = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
                ClipJudge judge = ClipJudge.open(folder)) {
            Demo.Settings settings = new Demo.Settings(out, scene, seed, ablation, effort());
            Demo demo = new Demo(opened, judge, settings, InstantSource.system());
            try (ProgressBar bar = console.progress("demo", demo.work())) {
                Demo.Report report = demo.run(bar::advance);
                bar.close();
                console.err().println("hapax: open the page in a browser, or look at sheet.png beside it");
                console.out().print(report.table());
                console.out().println(report.page());
            }
        }
    }

    private Effort effort() {
        Effort usual = Effort.USUAL;
        return usual.withLearning(steps == null ? usual.steps() : steps, rate == null ? usual.rate() : rate);
    }
}
