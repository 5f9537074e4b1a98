package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.learning.PictureFile;
import dev.hapax.measure.Diversity;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.PixelMask;
import dev.hapax.measure.VocabularyPlace;
import dev.hapax.run.Painter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at words and at what they draw.
 *
 * @param subjects by hash
 * @param studio who judges
 */
record LookWork(Map<String, Subject> subjects, Studio studio) {
    private static final int NEIGHBOURS = 3;

    /** The subject of a description. */
    Subject subject(JsonNode settings) {
        return Objects.requireNonNull(
                subjects.get(settings.path("subject").asText()), "no subject of this hash: " + settings);
    }

    ObjectNode look(JsonNode settings, List<Path> needs) {
        Subject subject = subject(settings);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        try (Painter painter = DrawWork.painter(settings, needs, studio)) {
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
        ObjectNode numbers = node.putObject(WordWork.NUMBERS);
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

    ObjectNode judge(JsonNode settings, Path drawn) {
        ImageNumbers numbers = new ImageNumbers(
                studio.judges(),
                subject(settings),
                settings.path("prompt").asText(),
                LearnSettings.texts(settings.path("words")),
                LearnSettings.texts(settings.path("things")),
                new Candidates(
                        studio.judges(),
                        settings.path("medium").asText(),
                        LearnSettings.texts(settings.path("candidates"))));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode values = node.putObject(WordWork.NUMBERS);
        numbers.of(WordWork.image(drawn)).forEach((figure, value) -> values.put(figure.key(), value));
        return node;
    }

    ObjectNode spread(List<Path> drawn) {
        List<Embedding> images = drawn.stream()
                .map(product -> studio.judges().clip(WordWork.image(product)))
                .toList();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject(WordWork.NUMBERS).put(Figure.DIVERSITY.key(), Diversity.of(images));
        return node;
    }
}
