package dev.hapax.app;

import dev.hapax.app.model.BundledModel;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.Framing;
import dev.hapax.method.textualinversion.TextualInversion;
import dev.hapax.run.InitWords;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Learning;
import dev.hapax.run.MethodName;
import dev.hapax.run.RunFolder;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hapax learn}: words from pictures. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        defaultValueProvider = Recipe.class,
        description =
                "Learns one word or several at once from pictures. A word is a placeholder such as <a> in the prompt"
                        + " that says what the pictures show; it starts from the ordinary word behind it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax learn pair.png --prompt \"a brown <a> cat and a rolling <b> ball\" --out words",
            "  hapax learn pair.png --prompt \"a brown <a> and a blue <b>\" --init \"<a>=cat\" --init \"<b>=ball\" \\",
            "      --bind \"<a>=brown\" --bind \"<b>=blue\" --steps 600 --out words",
            "  hapax learn teapots/ --method textual-inversion --prompt \"<pot>\" --init \"<pot>=teapot\" --out pot",
            "  hapax learn teapot.png --method matte --class teapot --out teapot",
            "  hapax learn pair.png --method disendiff --prompt \"<v1> cat and <v2> dog\" --out words",
            "  hapax learn pair.png ... --out words --resume      goes on after an interruption"
        })
final class LearnCommand implements Runnable {
    /** What modifiers start from in Custom Diffusion's code: words that the model has hardly met. */
    private static final List<String> RARE = List.of("ktn", "pll", "ucd");

    /** What pplus and prospect learn if nothing else is said. */
    private static final String OWN_WORD = "<v>";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "Pictures, or folders of pictures.")
    private List<Path> pictures = List.of();

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the pictures show, with the words in it. Needed but for pplus and prospect, which learn"
                    + " <v>, and matte, which learns <c>, <s>, <o> and <l>: color, style, object, layout; of matte it"
                    + " is what samples show.")
    private String prompt = "";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the words.")
    private Path out = Path.of("");

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "mcpl",
            description = "Words alone: mcpl (with all regularisers), mcpl-one, mcpl-all, mcpl-diverse (these without),"
                    + " textual-inversion. Words that differ between layers or stages: pplus, prospect, matte."
                    + " Words and weights of the model: dreambooth, custom-diffusion, disendiff."
                    + " Default: ${DEFAULT-VALUE}.")
    private String method = "mcpl";

    @Option(
            names = "--init",
            paramLabel = "WORD=NOUN",
            description = "What a word starts from, such as \"<a>=cat\". Default: the word behind it in the prompt;"
                    + " where weights move too, with a real model, a rare word (ktn, pll, ucd).")
    private Map<String, String> init = new LinkedHashMap<>();

    @Option(
            names = "--vectors",
            paramLabel = "N",
            defaultValue = "1",
            description = "Vectors of each word. Default: ${DEFAULT-VALUE}.")
    private int vectors;

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Mixin
    private McplOptions regularisers = new McplOptions();

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description =
                    "A context for the prompt, such as \"a photo of {}\"; give several. Default: a few neutral ones;"
                            + " \"{}\" is the prompt alone.")
    private List<String> templates = List.of();

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Pictures become squares of this side. Default: the model's own.")
    private @Nullable Integer size;

    @Option(
            names = "--squeeze",
            fallbackValue = Recipe.GIVEN,
            description = "Take all of pictures that are no squares, out of shape. Default: their middle square.")
    private boolean squeeze;

    @Option(
            names = "--sample-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Draw a sample image every so many steps; 0 is never. Default: ${DEFAULT-VALUE}.")
    private int sampleEvery;

    @Mixin
    private AnchorOptions anchors = new AnchorOptions();

    @Mixin
    private CellOptions cells = new CellOptions();

    @Mixin
    private WeightOptions weights = new WeightOptions();

    @Option(
            names = Recipe.OPTION,
            paramLabel = "FILE",
            description = "Take what is not said here from a YAML file, such as those of the folder recipes, which have"
                    + " the papers' runs.")
    private @Nullable Path recipe;

    @Option(
            names = "--checkpointing",
            fallbackValue = Recipe.GIVEN,
            description = "Run the blocks of the model twice instead of keeping what their gradients need: less memory,"
                    + " more time, the same result up to rounding.")
    private boolean checkpointing;

    @Option(names = "--resume", fallbackValue = Recipe.GIVEN, description = "Go on with the run in the folder.")
    private boolean resume;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification
    LearnCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        MethodName name = MethodName.of(method);
        MethodOptions.require(name, spec);
        weights.requireRegularising(Recipe.said(spec));
        if (prompt.isBlank()) {
            prompt = ownPrompt(name);
        } else if (name == MethodName.MATTE) {
            requireOwnWords();
        }
        LearnRequest request = request(name);
        Learning.Options options =
                new Learning.Options(Learning.Options.DEFAULT.saveEvery(), sampleEvery, resume, checkpointing);
        try (StableDiffusion opened = model.open(console);
                ProgressBar bar = console.progress("learning", request.pace().steps())) {
            Learning learning = new Learning(opened, request, new RunFolder(out), InstantSource.system());
            learning.run(options, new LearnProgress(console, bar))
                    .forEach((word, file) -> console.out().println(word + "\t" + file));
        }
    }

    private String ownPrompt(MethodName name) {
        if (!name.cells()) {
            throw new IllegalArgumentException("--prompt says what the pictures show, with the words to learn in it;"
                    + " only pplus, prospect and matte have one of their own");
        }
        String s = cells.suffix();
        return name == MethodName.MATTE
                ? "a [<c" + s + "> colored] " + (model.isBundled() ? "picture" : "photo") + " of a [<o" + s
                        + ">] in [<s" + s + "> style] following layout [<l" + s + ">]"
                : OWN_WORD;
    }

    /** What MATTE learns does not depend on its prompt, which is drawn as a sample and has to hold its words. */
    private void requireOwnWords() {
        List<String> own = InitWords.placeholders(ownPrompt(MethodName.MATTE));
        List<String> used = InitWords.placeholders(prompt);
        if (used.isEmpty() || !own.containsAll(used)) {
            throw new IllegalArgumentException("--method matte learns " + own + ", and the prompt \"" + prompt
                    + "\" uses " + used + "; write what samples shall show with these words, or leave --prompt out");
        }
    }

    private LearnRequest request(MethodName name) {
        List<Word> words = words(name);
        LearnRequest.Pace chosen = pace.of(
                name,
                name.cells() ? cells.rate(name) : name.rate(weights.isLora()),
                model.isBundled(),
                weights.isLora());
        return new LearnRequest(
                        pictures,
                        name,
                        regularisers.of(name),
                        prompt,
                        contexts(name),
                        words,
                        chosen,
                        size == null ? OptionalInt.empty() : OptionalInt.of(size),
                        weights.of(name, prompt, words, chosen.rate(), model.isBundled()))
                .near(anchors.of(
                        name, model.isBundled(), AnchorOptions.beforeNouns(name, sentences(name), tokens(words))))
                .framed(squeeze ? Framing.SQUEEZE : Framing.CROP)
                .in(cells.of(name, model, console, pictures, weights.className(), vectors));
    }

    private List<String> sentences(MethodName name) {
        return contexts(name).stream()
                .map(template -> template.replace("{}", prompt))
                .toList();
    }

    private static List<String> tokens(List<Word> words) {
        return words.stream().map(Word::token).toList();
    }

    /** What words start from is said, or stands behind them; of a real model's modifiers, a rare word each. */
    private List<Word> words(MethodName name) {
        List<String> tokens = InitWords.placeholders(prompt);
        if (name == MethodName.MATTE) {
            return List.of(); // it makes its own
        }
        if (name == MethodName.DREAMBOOTH && tokens.isEmpty() && init.isEmpty()) {
            return List.of();
        }
        Map<String, String> starts = new LinkedHashMap<>(init);
        if (name.cells() && !weights.className().isEmpty()) {
            tokens.forEach(token -> starts.putIfAbsent(token, weights.className()));
        }
        if (name.usual().weights() && !model.isBundled()) {
            List<String> rare = new ArrayList<>(RARE.subList(0, Math.min(tokens.size(), RARE.size())));
            if (name == MethodName.DISENDIFF) {
                Collections.reverse(rare); // as its authors do: the last one starts from the first
            }
            for (int i = 0; i < rare.size(); i++) {
                starts.putIfAbsent(tokens.get(i), rare.get(i));
            }
        }
        return InitWords.of(prompt, starts, vectors);
    }

    private List<String> contexts(MethodName name) {
        if (!templates.isEmpty()) {
            return templates;
        }
        if (name == MethodName.PROSPECT) {
            return List.of("{}"); // the word alone, as in the paper's code
        }
        if (name == MethodName.DREAMBOOTH) {
            return List.of("{}"); // one prompt for all, as in the paper
        }
        if (model.isBundled()) {
            return BundledModel.TEMPLATES;
        }
        return name.usual().weights() ? List.of("photo of a {}") : TextualInversion.TEMPLATES;
    }
}
