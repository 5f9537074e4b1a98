package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.matte.MatteSettings;
import dev.hapax.run.CellSettings;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.McplRecord;
import dev.hapax.run.MethodName;
import dev.hapax.run.Regularisation;
import dev.hapax.run.WeightSettings;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads the description of a {@link LearnProduct}. */
final class LearnSettings {
    private final JsonNode settings;
    private final MethodName method;

    LearnSettings(JsonNode settings) {
        this.settings = settings;
        this.method = MethodName.of(settings.path("method").asText());
    }

    /**
     * What to ask of {@link dev.hapax.run.Learning}.
     *
     * @param pictures what the sentence, or each of the concepts, shows
     * @param regularisation pictures that remind the model
     * @param steps of the optimiser
     */
    LearnRequest request(List<Path> pictures, Regularisation regularisation, long steps) {
        return new LearnRequest(
                        pictures,
                        method,
                        McplRecord.read(settings.path("regularisers")),
                        settings.path("sentence").asText(),
                        texts(settings.path("templates")),
                        words(settings),
                        new LearnRequest.Pace(
                                steps,
                                settings.path("rate").asDouble(),
                                settings.path("batch").asInt(),
                                settings.path("seed").asLong(),
                                settings.path("flip").asDouble()),
                        OptionalInt.empty(),
                        weights(regularisation, concepts(pictures)))
                .near(anchors())
                .in(cells());
    }

    /** What MATTE needs beside pace and picture: as recommended, with the paper's cells by depth. */
    CellSettings cells() {
        JsonNode node = settings.path("attributes");
        if (!node.isObject()) {
            return CellSettings.DEFAULT;
        }
        Map<String, Double> colors = new TreeMap<>();
        node.path("colors")
                .properties()
                .forEach(color -> colors.put(color.getKey(), color.getValue().asDouble()));
        return new CellSettings(
                MatteSettings.RECOMMENDED.withNoun(node.path("noun").asText()),
                Optional.empty(),
                "",
                1,
                node.path("class").asText(),
                colors,
                false);
    }

    /** The words of a description with the nouns that they start from. */
    static List<Word> words(JsonNode settings) {
        List<Word> words = new ArrayList<>();
        settings.path("words")
                .properties()
                .forEach(
                        word -> words.add(Word.of(word.getKey(), word.getValue().asText())));
        return words;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Map<Path, String> concepts(List<Path> pictures) {
        Map<Path, String> concepts = new TreeMap<>();
        List<String> sentences = texts(settings.path("concepts"));
        for (int i = 0; i < sentences.size(); i++) {
            concepts.put(pictures.get(i), sentences.get(i));
        }
        return concepts;
    }

    /** How weights move. */
    WeightSettings weights(Regularisation regularisation, Map<Path, String> concepts) {
        JsonNode node = settings.path("weights");
        Map<String, String> classes = new TreeMap<>();
        if (method == MethodName.DISENDIFF) {
            settings.path("words")
                    .properties()
                    .forEach(word -> classes.put(word.getKey(), word.getValue().asText()));
        }
        return new WeightSettings(
                OptionalInt.empty(),
                false,
                settings.path("rate").asDouble(),
                1,
                regularisation,
                node.path("augment").asBoolean(),
                new DisenDiffSettings(
                        node.path("bind_weight").asDouble(),
                        node.path("separate_weight").asDouble(),
                        node.path("smooth").asBoolean(),
                        node.path("suppressions").asInt()),
                classes,
                concepts,
                OptionalInt.empty());
    }

    /** What keeps the words near ordinary ones. */
    Optional<LearnRequest.Anchoring> anchors() {
        JsonNode node = settings.path("anchors");
        if (!node.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new LearnRequest.Anchoring(
                new Anchors(texts(node.path("names"))),
                new AnchorSettings(
                        node.path("weight").asDouble(),
                        node.path("atoms").asInt(),
                        node.path("refresh").asLong(),
                        node.path("class_share").asDouble(),
                        AnchorSettings.Reduction.valueOf(
                                node.path("reduction").asText().toUpperCase(Locale.ROOT)))));
    }
}
