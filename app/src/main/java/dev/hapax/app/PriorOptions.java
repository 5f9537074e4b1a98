package dev.hapax.app;

import dev.hapax.app.model.CacheFolder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.category.Category;
import dev.hapax.method.conceptlab.ConceptLab;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.run.Illustrator;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.LinearFit;
import dev.hapax.run.PriorModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With which prior a word is made, how long and how fast. */
final class PriorOptions {
    private static final double PICTUREBOOK_RATE = 1e-3; // measured: docs/methods/conceptlab.md

    @Option(
            names = "--prior",
            paramLabel = "DIR",
            description =
                    "The folder of a prior with its text tower, tokenizer and image tower: that of Kandinsky 2.1 or"
                            + " 2.2, Karlo or ECLIPSE. Default: the model's folder, which without a prior needs another"
                            + " --space.")
    private @Nullable Path folder;

    @Option(
            names = "--decoder",
            paramLabel = "DIR",
            description =
                    "Draw the word with this decoder of what --prior says: the folder of Kandinsky 2.1, of Kandinsky 2.2's"
                            + " decoder, or of Stable Diffusion unCLIP. Default: --model draws it and reads it itself.")
    private @Nullable Path decoder;

    @Option(
            names = "--space",
            paramLabel = "NAME",
            defaultValue = "prior",
            description =
                    "Where the word is learned. prior: in what the prior draws, as in the paper. linear: in a prior"
                            + " that is fitted on " + LinearFit.PICTURES
                            + " pictures of the model, for models without one that have an image tower: Stable Diffusion"
                            + " 1.x has it in its safety checker."
                            + " text: in the space of texts, for models without an image tower; there give --no-questions"
                            + " or --answerer. Default: ${DEFAULT-VALUE}.")
    private String space = "prior";

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How long to learn. Default: 2500 to invent, 2000 to mix.")
    private @Nullable Long steps;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Learning rate. Default: 0.0001, on the little model 0.001.")
    private @Nullable Double rate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Prompts of one step. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of all randomness. Default: ${DEFAULT-VALUE}.")
    private long seed;

    /** Whether the little model draws, whose world has its own words. */
    boolean isLittle(ModelOption model) {
        return model.isBundled() && decoder == null;
    }

    /** What a word is made and drawn with; all of it is closed together. */
    record Opened(PriorModel towers, Illustrator illustrator, Optional<StableDiffusion> model)
            implements AutoCloseable {
        @Override
        public void close() {
            illustrator.close();
            towers.close();
            model.ifPresent(StableDiffusion::close);
        }
    }

    /** Opens the prior, whose thousand million numbers are read once, and what draws. */
    Opened open(Console console, ModelOption option, List<Context> contexts) {
        if (decoder != null) {
            return decoding(console, option, decoder);
        }
        StableDiffusion model = option.open(console);
        try {
            return new Opened(towers(console, option, model, contexts), Illustrator.of(model), Optional.of(model));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private Opened decoding(Console console, ModelOption option, Path drawing) {
        if (folder == null) {
            throw new IllegalArgumentException(
                    "--decoder draws what a prior says: name the prior's folder with --prior DIR");
        }
        if (!space.equals("prior")) {
            throw new IllegalArgumentException("--decoder draws what a prior says; leave --space " + space + " out");
        }
        if (!option.isBundled()) {
            throw new IllegalArgumentException("a prior and a decoder draw without a Stable Diffusion; leave --model"
                    + " out, or --decoder for the model to draw");
        }
        PriorModel towers = PriorModel.open(folder, PriorModel.Kind.PRIOR);
        try {
            Illustrator illustrator = Illustrator.behind(towers, drawing);
            console.err().println("hapax: " + towers.prior().purpose());
            return new Opened(towers, illustrator, Optional.empty());
        } catch (RuntimeException e) {
            towers.close();
            throw e;
        }
    }

    private PriorModel towers(Console console, ModelOption option, StableDiffusion model, List<Context> contexts) {
        Path place = folder == null ? option.folder(console) : folder;
        PriorModel.Kind kind = switch (space) {
            case "prior" -> PriorModel.Kind.PRIOR;
            case "linear", "text" -> PriorModel.Kind.TEXT;
            default ->
                throw new IllegalArgumentException("\"" + space + "\" is no space; known are prior, linear, text");
        };
        PriorModel opened = PriorModel.open(place, kind);
        PriorModel used =
                space.equals("linear") ? fitted(console, model, opened, contexts, option.isBundled()) : opened;
        console.err().println("hapax: " + used.prior().purpose());
        return used;
    }

    private PriorModel fitted(
            Console console, StableDiffusion model, PriorModel towers, List<Context> contexts, boolean bundled) {
        List<String> things = new ArrayList<>();
        Category.all(bundled).values().stream()
                .filter(category -> !category.style())
                .forEach(category -> {
                    things.add(category.noun());
                    things.addAll(category.members());
                });
        List<String> prompts =
                LinearFit.prompts(contexts, things.stream().distinct().toList());
        try (ProgressBar bar = console.progress("drawing for the fit", prompts.size())) {
            Path store = CacheFolder.of(console.environment());
            return LinearFit.of(model, towers, prompts, seed, store, more -> bar.advance(more, ""));
        }
    }

    LearnRequest.Pace pace(boolean mixing, boolean bundled) {
        double usual = bundled && folder == null ? PICTUREBOOK_RATE : ConceptLab.RATE;
        long count = mixing ? ConceptLab.MIXING_STEPS : ConceptLab.STEPS;
        return new LearnRequest.Pace(steps == null ? count : steps, rate == null ? usual : rate, batch, seed, 0);
    }
}
