package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.method.conceptlab.TextEmbeddings;
import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.LinearPrior;
import dev.hapax.prior.OneStepPrior;
import dev.hapax.prior.PriorSampler;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.prior.TextPrior;
import dev.hapax.prior.UnclipPrior;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipVisionEncoder;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A prior with the towers of CLIP that it lies between, from one folder: those of Kandinsky 2.1's and 2.2's priors, Karlo,
 * ECLIPSE (with the towers laid beside it) and Picturebook. A Stable Diffusion 1.x has no prior, its text tower no
 * projection, and its image tower in the safety checker; there {@link LinearFit} makes a prior.
 *
 * @param folder where it was read from
 * @param prior draws image embeddings
 * @param texts the text tower
 * @param tokenizer of the text tower
 * @param shared whether the text tower projects into the space of pictures
 * @param vision the image tower; needed to look at pictures, so not every use needs it
 */
public record PriorModel(
        ModelFolder folder,
        ImagePrior prior,
        ClipTextEncoder texts,
        Tokenizer tokenizer,
        boolean shared,
        Optional<Vision> vision)
        implements AutoCloseable {
    private static final int STEPS = 5; // ConceptLab's, and its guidance
    private static final double GUIDANCE = 4;
    private static final String PRIOR = "prior";
    private static final String TEXTS = "text_encoder";
    private static final String IMAGES = "image_encoder";
    private static final String CHECKER = "safety_checker";

    /** Where image embeddings come from. */
    public enum Kind {
        /** The prior of the folder, a diffusion prior or one of one step. */
        PRIOR,
        /** No prior: the text's own embedding. */
        TEXT
    }

    /**
     * The image tower.
     *
     * @param part of the folder that it comes from
     * @param encoder encodes
     * @param processor prepares pictures for it
     */
    public record Vision(String part, ClipVisionEncoder encoder, ImageProcessor processor) {
        /** Where pictures lie, (n, width), not normalised; belongs to the innermost open scope. */
        public Tensor embed(List<Raster> pictures) {
            try (Gradients.Region off = Gradients.off();
                    Scope scope = Scope.open()) {
                List<Tensor> rows = pictures.stream()
                        .map(picture -> Scope.run(() -> encoder.encode(processor.apply(picture))
                                .projected()
                                .to(DType.FLOAT32)))
                        .toList();
                return scope.release(Tensor.cat(rows, 0));
            }
        }
    }

    /**
     * Opens a folder.
     *
     * @throws CheckpointException if a part is missing or damaged, or prior and towers have different widths
     */
    public static PriorModel open(Path root, Kind kind) {
        ModelFolder folder = ModelFolder.open(root);
        try {
            return read(folder, kind);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static PriorModel read(ModelFolder folder, Kind kind) {
        if (kind == Kind.PRIOR && !folder.has(PRIOR)) {
            throw new CheckpointException(folder.root() + " has no prior; it has " + folder.parts()
                    + ". Name the folder of a prior, such as Kandinsky's, or work in the space of texts");
        }
        ClipTextEncoder own = ClipTextEncoder.of(folder.config(TEXTS), folder.weights(TEXTS, DType.FLOAT32));
        if (kind == Kind.PRIOR && !own.isProjected()) {
            throw new CheckpointException("a prior reads projected text embeddings, and the text tower in "
                    + folder.root() + " has no projection; put the CLIPTextModelWithProjection there that the prior was"
                    + " trained with");
        }
        ClipTextEncoder texts = own.isProjected() ? own : own.unprojected();
        Optional<Vision> vision = vision(folder);
        Tokenizer tokenizer = Tokenizer.open(folder.path("tokenizer"), texts.maxTokens());
        try {
            ImagePrior prior = kind == Kind.TEXT ? texts(folder, own, vision) : prior(folder, texts, tokenizer, vision);
            return new PriorModel(folder, prior, texts, tokenizer, own.isProjected(), vision);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static Optional<Vision> vision(ModelFolder folder) {
        String part = folder.has(IMAGES) ? IMAGES : CHECKER;
        if (!folder.hasWeights(part)) {
            return Optional.empty();
        }
        Config config = folder.config(part);
        Weights weights = folder.weights(part, DType.FLOAT32);
        String processor = folder.has("image_processor") ? "image_processor" : "feature_extractor";
        return Optional.of(new Vision(
                part,
                part.equals(IMAGES)
                        ? ClipVisionEncoder.of(config, weights)
                        : ClipVisionEncoder.inSafetyChecker(config, weights),
                ImageProcessor.of(folder.config(processor))));
    }

    /** The space of texts: shared with pictures, or of their own. */
    private static ImagePrior texts(ModelFolder folder, ClipTextEncoder own, Optional<Vision> vision) {
        if (!own.isProjected()) {
            return new TextPrior((int) own.width());
        }
        int width = folder.config(TEXTS).integer("projection_dim");
        requireVision(folder, width, "the text tower makes embeddings of ", vision);
        return new TextPrior(width);
    }

    private static ImagePrior prior(
            ModelFolder folder, ClipTextEncoder texts, Tokenizer tokenizer, Optional<Vision> vision) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            TokenIds nothing = tokenizer.encode("");
            TextCondition empty = TextCondition.of(texts.encode(List.of(nothing), Lexicon.empty()), List.of(nothing));
            int textWidth = (int) empty.pooled().size(1);
            PriorTransformer prior = PriorTransformer.of(folder.config(PRIOR), folder.weights(PRIOR, DType.FLOAT32));
            if (prior.embeddingWidth() != textWidth) {
                throw new CheckpointException("the prior in " + folder.root() + " reads embeddings of "
                        + prior.embeddingWidth() + " numbers, and its text tower makes " + textWidth
                        + "; take the text tower that it was trained with");
            }
            requireVision(folder, prior.outWidth(), "the prior draws embeddings of ", vision);
            if (!prior.readsTime()) {
                return new OneStepPrior(prior);
            }
            String scheduler = folder.has("prior_scheduler") ? "prior_scheduler" : "scheduler";
            return new UnclipPrior(
                    new PriorSampler(prior, Samplers.of(folder.config(scheduler)), STEPS, GUIDANCE), empty);
        }
    }

    private static void requireVision(ModelFolder folder, int width, String what, Optional<Vision> vision) {
        if (vision.isEmpty()) {
            return;
        }
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            int side = vision.get().encoder().imageSize();
            int other = (int) vision.get()
                    .encoder()
                    .encode(Tensor.zeros(DType.FLOAT32, 1, 3, side, side))
                    .projected()
                    .size(1);
            if (other != width) {
                throw new CheckpointException("in " + folder.root() + " " + what + width
                        + " numbers, and the vision tower has a space of " + other
                        + "; take the vision tower that it was trained with");
            }
        }
    }

    /**
     * The image tower.
     *
     * @throws CheckpointException if the folder has none
     */
    public Vision requiredVision() {
        return vision.orElseThrow(() -> new CheckpointException(folder.root() + " has no " + IMAGES
                + ", which is needed to look at pictures; put the prior's own there"));
    }

    /**
     * Where names lie, to be compared with what the prior draws: where the text tower says. Without a projection a
     * {@link LinearPrior} brings them among pictures too.
     *
     * @return to be closed
     */
    public TextEmbeddings names() {
        return isFitted()
                ? new TextEmbeddings(tokenizer, texts, text -> prior.draw(text, new Rng(0), 0))
                : new TextEmbeddings(tokenizer, texts);
    }

    /** Whether what the prior draws and names lie in the same way in the same space, without a gap or chance between. */
    public boolean isOfNames() {
        return prior instanceof TextPrior || isFitted();
    }

    private boolean isFitted() {
        return !shared && prior instanceof LinearPrior;
    }

    /**
     * The image tower, if pictures can be compared with names.
     *
     * @throws CheckpointException if the folder has none, or names lie elsewhere
     */
    public Vision requiredEyes() {
        if (!shared && !isFitted()) {
            throw new CheckpointException("the text tower in " + folder.root() + " has no projection, so CLIP cannot"
                    + " compare pictures with names; work in a fitted prior (--space linear), ask another model"
                    + " (--answerer), or nobody (--no-questions)");
        }
        return vision.orElseThrow(() -> new CheckpointException(folder.root() + " has no " + IMAGES
                + ", with which CLIP would look at pictures; put the prior's own there, ask another model (--answerer), or"
                + " nobody (--no-questions)"));
    }

    /** SHA-256 of the weights of prior and text tower, in hexadecimal. */
    public String hash() {
        return folder.hash(folder.has(PRIOR) ? List.of(PRIOR, TEXTS) : List.of(TEXTS));
    }

    /**
     * SHA-256 of the weights of both towers, in hexadecimal, as {@link dev.hapax.measure.ClipJudge#hash} has it: a judge of
     * this hash judges what it was learned against. Empty without an image tower.
     */
    public Optional<String> towersHash() {
        return vision.map(images -> folder.hash(List.of(images.part(), TEXTS)));
    }

    /** The same towers with another prior, such as one that was fitted; both are closed with this. */
    public PriorModel with(ImagePrior other) {
        return new PriorModel(folder, other, texts, tokenizer, shared, vision);
    }

    @Override
    public void close() {
        prior.close();
        tokenizer.close();
        folder.close();
    }
}
