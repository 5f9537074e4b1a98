package dev.hapax.run;

import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Method;
import dev.hapax.learning.PictureFile;
import dev.hapax.learning.Tuning;
import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.method.compositionalinversion.CompositionalInversion;
import dev.hapax.method.customdiffusion.CustomDiffusion;
import dev.hapax.method.disendiff.DisenDiff;
import dev.hapax.method.disendiff.Subject;
import dev.hapax.method.dreambooth.DreamBooth;
import dev.hapax.method.mcpl.Mcpl;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.method.textualinversion.TextualInversion;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to learn from which pictures, and how. Together with the model it decides the result.
 *
 * @param pictures files, and folders of files
 * @param method how to learn
 * @param regularisers of MCPL; Textual Inversion has none
 * @param prompt what the pictures show, with the words in their places
 * @param templates contexts for the prompt, each with {@code {}} where it goes
 * @param words what is learned
 * @param pace how long and how fast
 * @param side of the squares that pictures are squeezed into, in pixels; empty for the size of the model
 * @param weights how weights are moved, by the methods that do
 * @param anchors what keeps the words near ordinary ones; empty for nothing
 */
public record LearnRequest(
        List<Path> pictures,
        MethodName method,
        McplSettings regularisers,
        String prompt,
        List<String> templates,
        List<Word> words,
        Pace pace,
        OptionalInt side,
        WeightSettings weights,
        Optional<Anchoring> anchors) {

    /** A request without anchors. */
    public LearnRequest(
            List<Path> pictures,
            MethodName method,
            McplSettings regularisers,
            String prompt,
            List<String> templates,
            List<Word> words,
            Pace pace,
            OptionalInt side,
            WeightSettings weights) {
        this(pictures, method, regularisers, prompt, templates, words, pace, side, weights, Optional.empty());
    }

    /** A request with nothing special about weights: they learn at the pace's rate, without regularising pictures. */
    public LearnRequest(
            List<Path> pictures,
            MethodName method,
            McplSettings regularisers,
            String prompt,
            List<String> templates,
            List<Word> words,
            Pace pace,
            OptionalInt side) {
        this(pictures, method, regularisers, prompt, templates, words, pace, side, WeightSettings.plain(pace.rate()));
    }

    /**
     * How long and how fast to learn.
     *
     * @param steps optimiser steps in all, at least 1
     * @param rate the learning rate, positive
     * @param batch samples of one step, at least 1
     * @param seed of all randomness
     * @param flip probability that a sample is mirrored, in [0, 1]; 0 where the prompt tells left from right
     */
    public record Pace(long steps, double rate, int batch, long seed, double flip) {
        /** Checks the ranges. */
        public Pace {
            require(steps >= 1, "steps must be at least 1, got " + steps);
            require(rate > 0 && Double.isFinite(rate), "the learning rate must be positive, got " + rate);
            require(batch >= 1, "the batch must be at least 1, got " + batch);
            require(flip >= 0 && flip <= 1, "the flip probability must be in [0, 1], got " + flip);
        }
    }

    /**
     * Compositional Inversion's semantic part, on top of any method.
     *
     * @param vocabulary general things
     * @param settings how strongly they pull
     */
    public record Anchoring(Anchors vocabulary, AnchorSettings settings) {}

    /** Checks what can be checked without the model. */
    public LearnRequest {
        pictures = List.copyOf(pictures);
        templates = List.copyOf(templates);
        words = List.copyOf(words);
        require(!pictures.isEmpty(), "no picture to learn from; name at least one");
        require(!templates.isEmpty(), "no template for the prompt; \"{}\" is the prompt alone");
        require(
                anchors.isEmpty() || !words.isEmpty(),
                "anchors keep words near ordinary ones, and there is no word to learn in \"" + prompt
                        + "\"; put one into it, such as <v1>");
        require(
                method != MethodName.TEXTUAL_INVERSION || words.size() == 1,
                "textual inversion learns one word at a time, got "
                        + words.stream().map(Word::token).toList() + "; use --method mcpl for several");
        require(
                method.usual().weights()
                        || method == MethodName.TEXTUAL_INVERSION
                        || regularisers.contrastWeight() == 0
                        || pace.batch() > 1
                        || !regularisers.adjectives().isEmpty(),
                "prompt contrast compares samples of one batch, got a batch of " + pace.batch()
                        + "; use --batch 2 or more, bind adjectives, or switch it off with --contrast 0");
    }

    /**
     * The method as the trainer takes it.
     *
     * @param text of the model
     */
    Method<DenoisingPass> build(List<PictureFile> files, SinglePromptEncoder text) {
        Method<DenoisingPass> plain = plain(files);
        return anchors.map(anchoring -> CompositionalInversion.on(
                        plain, anchoring.vocabulary(), text.tokenizer(), text.encoder(), anchoring.settings()))
                .orElse(plain);
    }

    private Method<DenoisingPass> plain(List<PictureFile> files) {
        List<String> pictureNames = files.stream().map(PictureFile::name).toList();
        double prior = weights.prior();
        return switch (method) {
            case MCPL, MCPL_ONE -> Mcpl.one(words, prompt, templates, regularisers);
            case MCPL_ALL -> Mcpl.all(words, prompt, templates, regularisers);
            case MCPL_DIVERSE -> Mcpl.diverse(words, pictureNames, prompt, templates, regularisers);
            case DREAMBOOTH -> {
                Tuning tuning = weights.tuning(Tuning.UNET);
                yield weights.concepts().isEmpty()
                        ? DreamBooth.of(words, prompt, templates, tuning, prior)
                        : DreamBooth.joint(words, concepts(files), templates, tuning, prior);
            }
            case CUSTOM_DIFFUSION -> {
                Tuning tuning = weights.tuning(Tuning.CROSS_KEYS_VALUES);
                yield weights.concepts().isEmpty()
                        ? CustomDiffusion.of(words, prompt, templates, tuning, prior)
                        : CustomDiffusion.joint(words, concepts(files), templates, tuning, prior);
            }
            case DISENDIFF ->
                DisenDiff.of(
                        subjects(),
                        prompt,
                        templates,
                        weights.tuning(Tuning.CROSS_KEYS_VALUES),
                        prior,
                        weights.disenDiff());
            case TEXTUAL_INVERSION -> TextualInversion.of(words.get(0), phrases());
        };
    }

    private List<Subject> subjects() {
        Map<String, String> classes = ClassNames.of(prompt, words, weights.classes());
        return words.stream()
                .map(word -> new Subject(word, classes.getOrDefault(word.token(), "")))
                .toList();
    }

    /** What each picture shows, by its hash: the prompt of the file or folder that it was given by. */
    private Map<String, String> concepts(List<PictureFile> files) {
        Map<String, String> prompts = new LinkedHashMap<>();
        for (PictureFile file : files) {
            weights.concepts().forEach((place, shown) -> {
                if (file.path().normalize().startsWith(place.normalize())) {
                    prompts.put(file.sha256(), shown);
                }
            });
            require(
                    prompts.containsKey(file.sha256()),
                    "nothing says what the picture " + file.path() + " shows; the concepts are " + weights.concepts());
        }
        return prompts;
    }

    /** The templates around the prompt, with a gap where the word stands in it. */
    private List<String> phrases() {
        String gap = prompt.replace(words.get(0).token(), "{}");
        return templates.stream().map(template -> template.replace("{}", gap)).toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
