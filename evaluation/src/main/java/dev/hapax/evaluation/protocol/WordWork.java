package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.PngImages;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Work;
import dev.hapax.learning.PictureFile;
import dev.hapax.measure.Diversity;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.PixelMask;
import dev.hapax.measure.VocabularyPlace;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Learning;
import dev.hapax.run.MethodName;
import dev.hapax.run.Painter;
import dev.hapax.run.Regularisation;
import dev.hapax.run.RunFolder;
import dev.hapax.run.UnlearnedWords;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Learns words, draws with them, and measures both.
 *
 * <pre>
 * product learn   step-000300/                 words and weights after so many steps, as Learning leaves them
 * product remind  0000.png ...                 what the model draws of a class before its weights are moved
 * product words   step-000000/                 words and weights that somebody learned before
 * product start   step-000000/*.safetensors    words before anything is learned
 * product draw    image.png
 * cell look       where the words look, and where they lie in the vocabulary
 * cell judge      what the judges say about one image
 * cell spread     how different the images of one prompt are
 * </pre>
 *
 * @param subjects by hash
 * @param given files of words and weights, by the hash of their bytes
 */
record WordWork(Map<String, Subject> subjects, Map<String, Path> given) implements Work<Studio.Place> {
    static final String LEARN = "learn";
    static final String REMIND = "remind";
    static final String WORDS = "words";
    static final String START = "start";
    static final String DRAW = "draw";
    static final String LOOK = "look";
    static final String JUDGE = "judge";
    static final String SPREAD = "spread";
    static final String NUMBERS = "numbers";

    private static final int SAVE_EVERY = 50; // steps
    private static final int NEIGHBOURS = 3;

    @Override
    public boolean goesOn(Product product) {
        return product.description().kind().equals(LEARN);
    }

    @Override
    public void make(Product product, List<Path> needs, Path folder, Studio.Place place) throws IOException {
        JsonNode settings = product.description().settings();
        switch (product.description().kind()) {
            case LEARN -> learn(settings, needs, folder, place.studio());
            case REMIND -> remind(settings, folder, place.studio());
            case WORDS -> copy(settings, folder);
            case START -> start(settings, folder, place.studio());
            case DRAW -> draw(settings, needs, folder, place.studio());
            default -> throw new IllegalArgumentException("nobody makes a " + product.description());
        }
    }

    @Override
    public ObjectNode result(Cell cell, List<Path> needs, Studio.Place place) throws IOException {
        JsonNode settings = cell.description().settings();
        return switch (cell.description().kind()) {
            case LOOK -> look(settings, needs, place.studio());
            case JUDGE -> judge(settings, needs.get(0), place.studio());
            case SPREAD -> spread(needs, place.studio());
            default -> throw new IllegalArgumentException("nobody computes a " + cell.description());
        };
    }

    /** The image that a product holds. */
    static BufferedImage image(Path product) {
        return PngImages.read(product.resolve("image.png")).image();
    }

    private Subject subject(JsonNode settings) {
        return Objects.requireNonNull(
                subjects.get(settings.path("subject").asText()), "no subject of this hash: " + settings);
    }

    private void learn(JsonNode settings, List<Path> needs, Path folder, Studio studio) throws IOException {
        Path picture = folder.resolve("picture.png");
        AtomicFile.write(picture, PngImages.toBytes(subject(settings).pictures().get(0)));
        RunFolder run = new RunFolder(folder.resolve("run"));
        for (JsonNode step : settings.path("steps")) {
            Path kept = folder.resolve(stepName(step.asLong()));
            if (Files.isDirectory(kept)) {
                continue; // a killed process came further
            }
            LearnRequest request = request(settings, picture, needs, step.asLong());
            Learning.Options options = new Learning.Options(SAVE_EVERY, 0, Learning.isRun(run.root()));
            Map<String, Path> files = new Learning(studio.model(), request, run, () -> Instant.EPOCH)
                    .run(options, (metric, steps) -> {
                        if (studio.stop().getAsBoolean()) {
                            throw new IllegalStateException("stopped at step " + metric.step());
                        }
                    });
            keep(files.values(), run.changes(), kept);
        }
    }

    private static void remind(JsonNode settings, Path folder, Studio studio) {
        try (Painter painter = Painter.of(studio.model(), Lexicon.empty())) {
            for (int image = 0; image < settings.path("count").asInt(); image++) {
                Path file = folder.resolve(String.format(Locale.ROOT, "%04d.png", image));
                painter.paintTo(file, request(settings, image));
            }
        }
    }

    private static LearnRequest request(JsonNode settings, Path picture, List<Path> needs, long steps) {
        List<String> templates = new ArrayList<>();
        settings.path("templates").forEach(template -> templates.add(template.asText()));
        MethodName method = MethodName.of(settings.path("method").asText());
        Regularisation regularisation = needs.isEmpty()
                ? Regularisation.NONE
                : Regularisation.from(
                        needs.get(0), settings.path("weights").path("shown").asText());
        return new LearnRequest(
                List.of(picture),
                method,
                Course.regularisers(settings.path("regularisers")),
                settings.path("sentence").asText(),
                templates,
                words(settings),
                new LearnRequest.Pace(
                        steps,
                        settings.path("rate").asDouble(),
                        settings.path("batch").asInt(),
                        settings.path("seed").asLong(),
                        settings.path("flip").asDouble()),
                OptionalInt.empty(),
                Course.weights(settings, method, regularisation));
    }

    private static List<Word> words(JsonNode settings) {
        List<Word> words = new ArrayList<>();
        settings.path("words")
                .properties()
                .forEach(
                        word -> words.add(Word.of(word.getKey(), word.getValue().asText())));
        return words;
    }

    private void copy(JsonNode settings, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        settings.path("files").forEach(hash -> files.add(Objects.requireNonNull(given.get(hash.asText()))));
        keep(files, Optional.ofNullable(given.get(settings.path("weights").asText())), folder.resolve(stepName(0)));
    }

    private static void start(JsonNode settings, Path folder, Studio studio) throws IOException {
        RunFolder words = new RunFolder(Files.createDirectories(folder.resolve(stepName(0))));
        UnlearnedWords.write(studio.model(), words(settings), words);
    }

    /** Copies files into a folder that is there when all of them are. */
    private static void keep(Iterable<Path> files, Optional<Path> weights, Path folder) throws IOException {
        Path part = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".part"));
        int number = 0;
        for (Path file : files) {
            String name = String.format(Locale.ROOT, "%02d-%s", number++, file.getFileName());
            Files.copy(file, part.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (weights.isPresent()) {
            Path file = weights.get().toAbsolutePath();
            int names = file.getNameCount();
            Files.createDirectories(part.resolve(file.getName(names - 2)));
            Files.copy(file, part.resolve(file.subpath(names - 2, names)), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void draw(JsonNode settings, List<Path> needs, Path folder, Studio studio) {
        try (Painter painter = painter(settings, needs, studio)) {
            ImageRequest request = request(settings, settings.path("image").asInt())
                    .withSampler(settings.path("sampler").asText());
            painter.paintTo(folder.resolve("image.png"), request);
        }
    }

    private static ImageRequest request(JsonNode settings, int image) {
        return ImageRequest.of(settings.path("prompt").asText())
                .withSeed(settings.path("seed").asLong())
                .withImages(image, 1)
                .withSteps(settings.path("sampler_steps").asInt())
                .withGuidance(settings.path("guidance").asDouble());
    }

    private static Painter painter(JsonNode settings, List<Path> needs, Studio studio) {
        String step = stepName(settings.path("step").asLong());
        return Painter.open(
                studio.model(), needs.stream().map(words -> words.resolve(step)).toList());
    }

    private ObjectNode look(JsonNode settings, List<Path> needs, Studio studio) {
        Subject subject = subject(settings);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        try (Painter painter = painter(settings, needs, studio)) {
            Map<String, VocabularyPlace> places = painter.places(NEIGHBOURS);
            Map<String, HeatMap> maps = subject.sentence().isEmpty()
                    ? Map.of()
                    : painter.attention(
                            new PictureFile(
                                    Path.of("picture.png"),
                                    subject.hash(),
                                    subject.pictures().get(0)),
                            settings.path("template")
                                    .asText()
                                    .replace(
                                            "{}",
                                            LearnedSentence.of(subject.sentence(), painter.words(), subject.words())),
                            settings.path("seed").asLong());
            for (String word : subject.words()) {
                VocabularyPlace place = places.get(word);
                if (place != null) {
                    result.set(word, look(place, maps.get(word), subject.truth().get(word)));
                }
            }
        }
        return result;
    }

    private static ObjectNode look(VocabularyPlace place, @Nullable HeatMap map, @Nullable PixelMask truth) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode numbers = node.putObject(NUMBERS);
        numbers.put(Figure.NORM_RATIO.key(), place.normRatio());
        numbers.put(Figure.NEAREST.key(), place.nearest().get(0).cosine());
        place.nearest().forEach(token -> node.withArray("nearest").add(token.text()));
        if (map != null) {
            if (truth != null) {
                numbers.put(Figure.MASK_IOU.key(), map.overlap(truth));
            }
            ObjectNode attention = node.putObject("attention");
            attention.put("height", map.height()).put("width", map.width());
            for (float value : map.values()) {
                attention.withArray("values").add(value);
            }
        }
        return node;
    }

    private ObjectNode judge(JsonNode settings, Path drawn, Studio studio) {
        ImageNumbers numbers = new ImageNumbers(
                studio.judges(),
                subject(settings),
                settings.path("prompt").asText(),
                texts(settings.path("words")),
                settings.path("medium").asText(),
                texts(settings.path("candidates")));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode values = node.putObject(NUMBERS);
        numbers.of(image(drawn)).forEach((figure, value) -> values.put(figure.key(), value));
        return node;
    }

    private static ObjectNode spread(List<Path> drawn, Studio studio) {
        List<Embedding> images = drawn.stream()
                .map(product -> studio.judges().clip(image(product)))
                .toList();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject(NUMBERS).put(Figure.DIVERSITY.key(), Diversity.of(images));
        return node;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static String stepName(long steps) {
        return String.format(Locale.ROOT, "step-%06d", steps);
    }
}
