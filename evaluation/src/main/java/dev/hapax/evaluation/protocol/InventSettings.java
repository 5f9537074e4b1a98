package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.method.conceptlab.AdaptiveNegatives;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.run.InventRequest;
import dev.hapax.run.LearnRequest;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the description of a word that is invented or mixed ({@link InventProducts}).
 *
 * @param settings of the product
 */
record InventSettings(JsonNode settings) {

    /** A new member of its category; the word starts from the category's name. */
    InventRequest member() {
        String category = settings.path("category").asText();
        return request(
                category,
                new InventRequest.Member(
                        List.of(category),
                        Weighting.of(List.of(), 1),
                        LearnSettings.texts(settings.path("negatives")),
                        LearnSettings.texts(settings.path("members")),
                        List.of(), // of no use to thresholds that are measured with the prior
                        thresholds(),
                        1,
                        questions(category)));
    }

    /**
     * A child of what pictures show.
     *
     * @param parents a folder of pictures each
     * @param start what the word starts from
     */
    InventRequest child(List<Path> parents, String start) {
        return request(start, new InventRequest.Child(parents, Weighting.of(List.of(), parents.size())));
    }

    private Optional<Thresholds> thresholds() {
        JsonNode both = settings.path("thresholds");
        return both.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Thresholds(both.get(0).asDouble(), both.get(1).asDouble()));
    }

    private Optional<AdaptiveNegatives.Settings> questions(String category) {
        JsonNode questions = settings.path("questions");
        return questions.isMissingNode()
                ? Optional.empty()
                : Optional.of(new AdaptiveNegatives.Settings(
                        questions.path("every").asLong(),
                        questions.path("question").asText(),
                        category,
                        questions.path("confidence").asDouble(),
                        questions.path("patience").asInt()));
    }

    private InventRequest request(String start, InventRequest.Goal goal) {
        return new InventRequest(
                Word.of(settings.path("word").asText(), start),
                LearnSettings.texts(settings.path("contexts")).stream()
                        .map(Context::of)
                        .toList(),
                List.of(Context.of(settings.path("look").asText())),
                goal,
                new LearnRequest.Pace(
                        steps(),
                        settings.path("rate").asDouble(),
                        1,
                        settings.path("seed").asLong(),
                        0));
    }

    long steps() {
        return settings.path("steps").asLong();
    }
}
