package dev.hapax.run;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Framing;
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
import dev.hapax.method.pplus.PPlus;
import dev.hapax.method.prospect.ProSpect;
import dev.hapax.method.textualinversion.TextualInversion;
import dev.hapax.tensor.Rng;
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
 * @param side of the squares that pictures become, in pixels; empty for the size of the model
 * @param weights how weights are moved, by the methods that do
 * @param anchors what keeps the words near ordinary ones; empty for nothing
 * @param framing how pictures that are no squares become squares
 * @param cells what P+, ProSpect and MATTE need
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
        Optional<Anchoring> anchors,
        Framing framing,
        CellSettings cells) {

    /** A request without anchors, for the middle of pictures, with nothing special about cells. */
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
        this(
                pictures,
                method,
                regularisers,
                prompt,
                templates,
                words,
                pace,
                side,
                weights,
                Optional.empty(),
                Framing.CROP,
                CellSettings.DEFAULT);
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

    /** The same with words kept near ordinary ones. */
    public LearnRequest near(Optional<Anchoring> ordinary) {
        return with(ordinary, framing, cells);
    }

    /** The same with pictures that become squares in another way. */
    public LearnRequest framed(Framing how) {
        return with(anchors, how, cells);
    }

    /** The same with other settings of P+, ProSpect and MATTE. */
    public LearnRequest in(CellSettings settings) {
        return with(anchors, framing, settings);
    }

    private LearnRequest with(Optional<Anchoring> ordinary, Framing how, CellSettings settings) {
        return new LearnRequest(
                pictures, method, regularisers, prompt, templates, words, pace, side, weights, ordinary, how, settings);
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
     * @param vocabulary ordinary words that learned ones are drawn to
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
                anchors.isEmpty() || !words.isEmpty() || method == MethodName.MATTE,
                "anchors keep words near ordinary ones, and there is no word to learn in \"" + prompt
                        + "\"; put one into it, such as <v1>");
        require(
                !method.oneWord() || words.size() == 1,
                (method == MethodName.TEXTUAL_INVERSION ? "textual inversion" : method.toString())
                        + " learns one word at a time, got "
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
     * @param layers of its U-Net that read text
     */
    Method<DenoisingPass> build(List<PictureFile> files, SinglePromptEncoder text, List<AttentionLayer> layers) {
        Method<DenoisingPass> plain = plain(files, text, layers);
        return anchors.map(anchoring -> CompositionalInversion.on(
                        plain,
                        classes(),
                        anchoring.vocabulary(),
                        text.tokenizer(),
                        text.encoder(),
                        anchoring.settings()))
                .orElse(plain);
    }

    /**
     * The class that each modifier stands before, whatever it starts from, by its token; none for methods whose words are no
     * modifiers.
     */
    public Map<String, String> classes() {
        return method.usual().weights() ? ClassNames.of(prompt, words, weights.classes()) : Map.of();
    }

    private Method<DenoisingPass> plain(
            List<PictureFile> files, SinglePromptEncoder text, List<AttentionLayer> layers) {
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
            case PPLUS -> PPlus.of(words.get(0), layers.size(), phrases());
            case PROSPECT ->
                cells.generator()
                        ? ProSpect.generated(words.get(0), phrases(), new Rng(pace.seed()))
                        : ProSpect.direct(words.get(0), phrases());
            case MATTE -> new MatteRun(cells, layers).method(files, text);
            case TEXTUAL_INVERSION -> TextualInversion.of(words.get(0), phrases());
        };
    }

    private List<Subject> subjects() {
        Map<String, String> classes = classes();
        return words.stream()
                .map(word -> new Subject(word, classes.getOrDefault(word.token(), "")))
                .toList();
    }

    /** What each picture shows, by its hash: the prompt of the file or folder that it was given by. */
    Map<String, String> concepts(List<PictureFile> files) {
        for (Word word : words) {
            require(
                    weights.concepts().values().stream().anyMatch(shown -> shown.contains(word.token())),
                    "no concept holds " + word.token() + ", so that no picture would teach it; put it into the text of"
                            + " one, the concepts are " + weights.concepts());
        }
        weights.concepts()
                .forEach((place, shown) -> require(
                        files.stream().anyMatch(file -> isIn(place, file)),
                        "none of the pictures lies at " + place + ", of which \"" + shown + "\" is said; the pictures"
                                + " are from " + pictures));
        Map<String, String> prompts = new LinkedHashMap<>();
        for (PictureFile file : files) {
            weights.concepts().forEach((place, shown) -> {
                if (isIn(place, file)) {
                    prompts.put(file.sha256(), shown);
                }
            });
            require(
                    prompts.containsKey(file.sha256()),
                    "nothing says what the picture " + file.path() + " shows; the concepts are " + weights.concepts());
        }
        return prompts;
    }

    private static boolean isIn(Path place, PictureFile file) {
        return file.path()
                .toAbsolutePath()
                .normalize()
                .startsWith(place.toAbsolutePath().normalize());
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
