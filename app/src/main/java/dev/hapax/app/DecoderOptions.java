package dev.hapax.app;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.run.Illustrator;
import dev.hapax.run.PriorModel;
import dev.hapax.run.WordPainter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Drawing with a prior and a decoder in the place of a Stable Diffusion. */
final class DecoderOptions {
    @Option(
            names = "--prior",
            paramLabel = "DIR",
            description =
                    "Draw with a prior, which reads prompt and words, and --decoder: the folder of Kandinsky 2.1's or"
                            + " 2.2's prior, of Karlo's or of ECLIPSE.")
    private @Nullable Path prior;

    @Option(
            names = "--decoder",
            paramLabel = "DIR",
            description =
                    "What draws behind --prior: the folder of Kandinsky 2.1, of Kandinsky 2.2's decoder, or of Stable"
                            + " Diffusion unCLIP.")
    private @Nullable Path decoder;

    /** Whether a prior and a decoder draw. */
    boolean chosen() {
        return prior != null || decoder != null;
    }

    /** Draws all requests. */
    void paint(Console console, List<Path> words, List<ImageRequest> requests, Consumer<GeneratedImage> done) {
        if (prior == null || decoder == null) {
            throw new IllegalArgumentException((prior == null ? "--decoder needs --prior" : "--prior needs --decoder")
                    + ": the prior reads the prompt, the decoder draws what it says");
        }
        console.adviseOnSurroundings();
        try (PriorModel towers = PriorModel.open(prior, PriorModel.Kind.PRIOR);
                Illustrator illustrator = Illustrator.behind(towers, decoder);
                WordPainter painter = illustrator.open(words);
                ProgressBar bar = console.progress("painting", requests.size())) {
            painter.paint(requests, image -> {
                bar.advance(1, "");
                done.accept(image);
            });
        }
    }
}
