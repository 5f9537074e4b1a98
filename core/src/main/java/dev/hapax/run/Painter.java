package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.StartImage;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.layout.PromptLayout;
import dev.hapax.learning.Example;
import dev.hapax.learning.Framing;
import dev.hapax.learning.PictureFile;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.SamplingAttention;
import dev.hapax.measure.VocabularyPlace;
import dev.hapax.measure.WordAttention;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Draws with a model and learned words. */
public final class Painter implements WordPainter {
    /** Steps of an image that nobody asked otherwise for; enough for DDIM to look finished. Our choice. */
    public static final int STEPS = 25;

    /** Guidance of an image that nobody asked otherwise for; what the embedded model is judged at. Our choice. */
    public static final double GUIDANCE = 4;

    private final ImageGenerator generator;
    private final Lexicon words;
    private final boolean owned;
    private final LearnedChanges changes;

    private Painter(ImageGenerator generator, Lexicon words, boolean owned, LearnedChanges changes) {
        this.generator = generator;
        this.words = words;
        this.owned = owned;
        this.changes = changes;
    }

    /** A painter with words that live elsewhere. */
    public static Painter of(StableDiffusion model, Lexicon words) {
        ImageGenerator plain = ImageGenerator.of(model);
        return new Painter(words.isEmpty() ? plain : plain.withWords(words), words, false, LearnedChanges.none(model));
    }

    /**
     * A painter with words from files, and with the weights that were learned in folders beside them.
     *
     * @param filesAndFolders word files, and folders such as {@link Learning} writes
     * @throws CheckpointException if a file is missing or no word file, a folder has none, two files have one word, or a
     *     folder's weights are not learned to the end
     * @throws IllegalArgumentException if a word does not fit the model
     */
    public static Painter open(StableDiffusion model, List<Path> filesAndFolders) {
        RunFolder.requireFinished(filesAndFolders);
        return openUnfinished(model, filesAndFolders);
    }

    /** The same, also with what a run has saved on its way. */
    static Painter openUnfinished(StableDiffusion model, List<Path> filesAndFolders) {
        try (Scope scope = Scope.open()) {
            Lexicon words = WordFiles.read(filesAndFolders);
            LearnedChanges changes = LearnedChanges.open(model, filesAndFolders);
            try {
                requireFit(changes.model(), words);
            } catch (RuntimeException e) {
                changes.close();
                throw e;
            }
            for (String word : words.words()) {
                words.rows(word).keep();
            }
            ImageGenerator plain = ImageGenerator.of(changes.model());
            return new Painter(words.isEmpty() ? plain : plain.withWords(words), words, true, changes);
        }
    }

    /** What was done to the model's weights, line by line for people; empty if nothing. */
    public List<String> notes() {
        return changes.notes();
    }

    /** Tokenising and encoding the words alone finds a wrong width or a name that the vocabulary has. */
    private static void requireFit(StableDiffusion model, Lexicon words) {
        if (!words.isEmpty()) {
            words.requireLayers(model.unet().crossAttentionLayers().size());
            String all = String.join(" ", words.words());
            List<Lexicon> each = List.of(words);
            model.text().encode(model.text().tokens(all, each, new Site(0, 0)), each, model.nativeSize());
        }
    }

    @Override
    public Set<String> words() {
        return words.words();
    }

    @Override
    public ImageRequest request(String prompt) {
        return ImageRequest.of(prompt).withSteps(STEPS).withGuidance(GUIDANCE);
    }

    /**
     * Draws the first image of each request. Which threads do what depends on the model alone, so that an image does not
     * depend on how many are drawn with it: with a small model each image has one thread and several are drawn at once,
     * with a large one all threads work on one image after the other.
     *
     * @param progress hears of every model call, on any thread
     * @param done takes each image in the order of the requests, on the calling thread
     * @throws IllegalArgumentException if a prompt uses a word that was not learned, or none of the words
     */
    public void paint(List<ImageRequest> requests, Progress progress, Consumer<GeneratedImage> done) {
        paint(requests, request -> generator.generate(request, progress), done);
    }

    /**
     * Draws the first image of each request from a picture, as {@link #paint} does it from noise.
     *
     * @param start the picture, and which part of it to paint anew
     * @throws IllegalArgumentException as in {@link #paint} and {@link ImageGenerator#generateFrom}
     */
    public void paintFrom(
            StartImage start, List<ImageRequest> requests, Progress progress, Consumer<GeneratedImage> done) {
        paint(requests, request -> generator.generateFrom(start, request, progress), done);
    }

    private void paint(
            List<ImageRequest> requests,
            Function<ImageRequest, List<GeneratedImage>> draw,
            Consumer<GeneratedImage> done) {
        requests.forEach(request -> requireWords(request.prompt() + " " + request.negativePrompt()));
        Function<ImageRequest, GeneratedImage> one =
                request -> draw.apply(request.withImages(request.first(), 1)).get(0);
        if (generator.model().isSmall()) {
            new Crew(Engine.threads()).run(requests, one, done);
        } else {
            requests.forEach(request -> done.accept(one.apply(request)));
        }
    }

    @Override
    public void paint(List<ImageRequest> requests, Consumer<GeneratedImage> done) {
        paint(requests, Progress.NONE, done);
    }

    /** Draws the first image of a request into a file, whose folder is made if needed. */
    public void paintTo(Path file, ImageRequest request) {
        paint(List.of(request), Progress.NONE, image -> write(file, image));
    }

    /** Writes an image with its settings; the folder is made if needed. */
    public static void write(Path file, GeneratedImage image) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
        PngImages.write(file, image);
    }

    /**
     * Where each word of a prompt looks in a picture; in its largest square around the centre, if it is none.
     *
     * @param prompt holds the words that are asked about
     */
    public Map<String, HeatMap> attention(PictureFile picture, String prompt, long seed) {
        StableDiffusion model = generator.model();
        try (Scope scope = Scope.open()) {
            Example example = picture.encode(model.vae(), model.nativeSize().width(), Framing.CROP);
            List<String> present =
                    words.words().stream().filter(prompt::contains).toList();
            return WordAttention.of(model, words, example, prompt, present, seed);
        }
    }

    /** Whether a prompt says the same in all layers and at all timesteps, so that its words can be held in boxes. */
    public boolean readsOneText(String prompt) {
        return generator.readsOneText(prompt);
    }

    /**
     * Where the things of a prompt shall stand.
     *
     * @param more phrases of the prompt that are things as well, whether or not the predictor knows them
     * @throws IllegalArgumentException if the predictor was made for another text encoder
     */
    public PromptLayout layout(LayoutPredictor predictor, String prompt, List<String> more) {
        RawVectors raw = new RawVectors(generator.model(), words);
        if (predictor.nouns().width() != raw.width()) {
            throw new IllegalArgumentException("the layout predictor was made for a text encoder of width "
                    + predictor.nouns().width() + ", this model's has " + raw.width()
                    + "; train one with this model, or draw without boxes (--layout none)");
        }
        return PromptLayout.of(predictor, prompt, more, words.words(), raw);
    }

    /**
     * Where words look while the first image of a request is drawn.
     *
     * @param which words of the prompt, learned or ordinary
     * @throws IllegalArgumentException if the prompt does not hold one of them, or uses a word that was not learned
     */
    public SamplingAttention watch(ImageRequest request, List<String> which) {
        requireWords(request.prompt());
        StableDiffusion model = generator.model();
        return Engine.withThreads(model.threads(), () -> SamplingAttention.of(model, words, request, which));
    }

    /**
     * The vectors of each learned word, as they go into the text encoder; of a word that differs between layers or stages
     * their means.
     *
     * @return for each word its vectors
     */
    public Map<String, List<float[]>> vectors() {
        Map<String, List<float[]>> vectors = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            Lexicon plain = words.flattened();
            for (String word : words.words()) {
                Tensor rows = plain.rows(word).to(DType.FLOAT32); // (n, width)
                List<float[]> own = new ArrayList<>();
                for (long i = 0; i < rows.size(0); i++) {
                    own.add(rows.select(0, i).toFloats());
                }
                vectors.put(word, own);
            }
        }
        return vectors;
    }

    /**
     * Where each learned word lies among the words of the vocabulary.
     *
     * @param neighbours how many of the nearest to name
     * @throws IllegalArgumentException if the model has several text encoders
     */
    public Map<String, VocabularyPlace> places(int neighbours) {
        StableDiffusion model = generator.model();
        if (!(model.text() instanceof SinglePromptEncoder text)) {
            throw new IllegalArgumentException("a word's place in the vocabulary is measured for one text encoder, "
                    + model.name() + " has " + model.text().encoders());
        }
        Lexicon plain = words.flattened();
        Map<String, VocabularyPlace> places = new LinkedHashMap<>();
        for (String word : words.words()) {
            places.put(word, VocabularyPlace.of(plain.rows(word), text.encoder(), text.tokenizer(), neighbours));
        }
        return places;
    }

    /**
     * Says which words of a request can no longer act, because the run begins or stands only where they are not read.
     *
     * @param start a picture to begin from, if there is one
     * @return a line for each; empty if all can
     */
    public List<String> idle(ImageRequest request, Optional<StartImage> start) {
        return IdleWords.of(generator.model(), words, request, start);
    }

    /** Frees the words and weights that came from files. */
    @Override
    public void close() {
        if (owned) {
            words.words().forEach(word -> words.rows(word).close());
        }
        changes.close();
    }
}
