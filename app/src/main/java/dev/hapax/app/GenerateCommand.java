package dev.hapax.app;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.StartImage;
import dev.hapax.diffusion.WordBox;
import dev.hapax.run.Painter;
import dev.hapax.run.StartFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hapax generate}: images of a prompt. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Draws images of a prompt, which may hold learned words, and prints the files' names. Each PNG says"
                        + " how it was made. With --start it draws variations of a picture, with --mask only a part of"
                        + " it anew.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax generate \"a sketch of <a> on a beach\" --word words --seed 7 --count 8",
            "  hapax generate \"<a> beside <b>\" --word words/a.safetensors --word other/b.safetensors --out images",
            "  hapax generate \"a red house at night\" --sampler euler --steps 30 --guidance 5",
            "  hapax generate \"<a> on a sofa\" --word words --start room.png --mask sofa.png --keep",
            "  hapax generate \"an oil painting\" --start photo.jpg --strength 0.6",
            "  hapax generate \"<cat> and a ball\" --word words --box \"<cat>=0.1,0.2,0.5,0.8\" --box ball=0.6,0.2,0.95,0.8",
            "  hapax generate \"<cat> beside a ball\" --word words --layout none",
            "  hapax generate \"a [<c> colored] teapot in [<s> style]\" --word car/c.safetensors --word sea/s.safetensors",
            "  hapax generate \"a {800-1000: sitting} cat\"          read at these timesteps alone",
            "  hapax generate \"a photo of {inner: <a>}{outer: <b>}\" --word a --word b      shape of <a>, style of <b>",
            "  hapax generate \"a red house\" --lora ink.safetensors=0.8 --lora night.safetensors=0.5"
        })
final class GenerateCommand implements Runnable {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "PROMPT", description = "What to draw.")
    private String prompt = "";

    @Option(
            names = "--word",
            paramLabel = "DIR",
            description = "A folder that hapax learn has written, or one word file; give as many as you like. Weights"
                    + " that were learned in a folder are put into the model; of several, the changes are added up.")
    private List<Path> words = List.of();

    @Mixin
    private LoraOption loras = new LoraOption();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many images. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            defaultValue = "",
            description = "ddim, euler, dpm++2m ...; a wrong name lists them all. Default: the model's own.")
    private String sampler = "";

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Such as 512x768 or 512. Default: the start picture's, or else the model's own.")
    private @Nullable String size;

    @Option(names = "--negative", paramLabel = "TEXT", defaultValue = "", description = "What not to draw.")
    private String negative = "";

    @Option(
            names = "--box",
            paramLabel = "WORD=L,T,R,B",
            description = "Where a word of the prompt shall be, such as \"<cat>=0.1,0.2,0.5,0.8\": left, top, right and"
                    + " bottom in parts of the image. Give several, also for one word. The first ten calls of the model are"
                    + " guided: with 50 steps an image takes twice as long, with 25 about three times.")
    private List<String> boxes = List.of();

    @Mixin
    private LayoutOption layout = new LayoutOption();

    @Mixin
    private DecoderOptions decoder = new DecoderOptions();

    @Option(
            names = "--start",
            paramLabel = "PICTURE",
            description = "Begin from this picture instead of noise. It is resized to --size, its middle if --size has"
                    + " another shape, or drawn in its own size; sides that the model cannot draw are extended for it"
                    + " and cut again.")
    private @Nullable Path start;

    @Option(
            names = "--mask",
            paramLabel = "PICTURE",
            description = "Draw the start picture anew only where this one is white (half grey or lighter). It is"
                    + " resized and cut as the start picture is. Models for inpainting need one, others take one.")
    private @Nullable Path mask;

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "Which part of the steps is done on the start picture, above 0 and at most 1: the more, the"
                    + " less is left of it. Default: " + StartFiles.STRENGTH + ", with --mask "
                    + StartFiles.MASKED_STRENGTH + ".")
    private @Nullable Double strength;

    @Option(
            names = "--keep",
            description = "Copy the pixels outside the mask from the start picture in the end. Default: no; they have"
                    + " been through the autoencoder, which changes them a little and hides the seam.")
    private boolean keep;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "images",
            description = "The folder for the images. None takes the place of one that was drawn otherwise. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path out = Path.of("images");

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        ImageRequest request = request();
        Optional<StartImage> begin = start();
        if (decoder.chosen()) {
            requirePlain(begin);
            decoder.paint(console, words, each(request), this::write);
            return;
        }
        if (!boxes.isEmpty() && layout.isAsked()) {
            throw new IllegalArgumentException(
                    "--box says where things are, and --layout asks the predictor; give one of the two");
        }
        int done = begin.map(image -> image.stepsOf(sampling.steps())).orElse(sampling.steps());
        try (StableDiffusion opened = model.open(console, loras.chosen());
                Painter painter = Painter.open(opened, words);
                ProgressBar bar = console.progress("painting", (double) count * done)) {
            painter.notes().forEach(note -> console.err().println("hapax: " + note));
            painter.requireWords(prompt + " " + negative);
            opened.sampler(sampler).start(sampling.steps()).close(); // a wrong name is told before anything is drawn
            ImageRequest held = boxes.isEmpty()
                    ? request.withBoxes(layout.boxes(console, model.folder(console), painter, prompt, begin.isEmpty()))
                    : request;
            painter.idle(request, begin).forEach(line -> console.err().println("hapax: " + line));
            List<ImageRequest> requests = each(held);
            Progress progress = (first, call, calls, step) -> bar.advance((double) sampling.steps() / calls, "");
            if (begin.isPresent()) {
                painter.paintFrom(begin.get(), requests, progress, this::write);
            } else {
                painter.paint(requests, progress, this::write);
            }
        }
    }

    private List<ImageRequest> each(ImageRequest request) {
        return IntStream.range(0, count).mapToObj(i -> request.withImages(i, 1)).toList();
    }

    private void requirePlain(Optional<StartImage> begin) {
        if (!model.isBundled()
                || !boxes.isEmpty()
                || layout.isAsked()
                || begin.isPresent()
                || !loras.chosen().isEmpty()) {
            throw new IllegalArgumentException("a prior and a decoder draw from noise alone; leave out --model, --lora,"
                    + " --box, --layout and --start, or draw with a Stable Diffusion");
        }
    }

    private void write(GeneratedImage image) {
        console.out().println(new ImageFolder(out).write(image));
    }

    private Optional<StartImage> start() {
        if (start != null) {
            return Optional.of(
                    new StartFiles(start, Optional.ofNullable(mask), Optional.ofNullable(strength), keep).read());
        }
        if (mask != null || strength != null || keep) {
            String option = mask != null ? "--mask" : strength != null ? "--strength" : "--keep";
            throw new IllegalArgumentException(
                    option + " needs a picture to begin from; give one with --start, or leave " + option + " out");
        }
        return Optional.empty();
    }

    private ImageRequest request() {
        ImageRequest request = new ImageRequest(
                        prompt,
                        negative,
                        sampling.seed(),
                        0,
                        count,
                        sampling.steps(),
                        sampling.guidance(),
                        Optional.empty(),
                        sampler)
                .withBoxes(boxes.stream().map(WordBox::parse).toList());
        if (size == null) {
            return request;
        }
        ImageSize wanted = parse(size);
        return request.withSize(wanted.width(), wanted.height());
    }

    private static ImageSize parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size; write it like 512x768 or 512");
        }
        int width = Integer.parseInt(matcher.group(1));
        return new ImageSize(width, matcher.group(2) == null ? width : Integer.parseInt(matcher.group(2)));
    }
}
