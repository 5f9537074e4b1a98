package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.measure.Embedding;
import dev.hapax.method.compositionalinversion.AnchorTable;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.run.Painter;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at images of two things, and at where their words lie.
 *
 * @param studio who judges
 */
record PairWork(Studio studio) {

    /** How well an image fits the text that says both things in ordinary words, and which of them are there. */
    ObjectNode compose(JsonNode settings, Path drawn) {
        BufferedImage image = WordWork.image(drawn);
        Embedding clip = studio.judges().clip(image);
        Candidates candidates = new Candidates(
                studio.judges(), settings.path("medium").asText(), LearnSettings.texts(settings.path("candidates")));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode numbers = node.putObject(WordWork.NUMBERS);
        String text = settings.path("text").asText();
        numbers.put(Figure.TEXT.key(), clip.cosine(studio.judges().text(text).plain()));
        List<String> things = LearnSettings.texts(settings.path("things"));
        CoiLikelihood.of(
                        studio.judges(),
                        candidates.judge(clip),
                        settings.path("drawn").asBoolean())
                .of(image, List.of(), things)
                .forEach((figure, share) -> numbers.put(figure.key(), share));
        return node;
    }

    /** The vector of a learned word, the mean if it has several, or of an ordinary noun, the mean of its tokens. */
    ObjectNode place(JsonNode settings, List<Path> needs) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (double value : vector(settings, needs)) {
            node.withArray("vector").add(value);
        }
        return node;
    }

    private double[] vector(JsonNode settings, List<Path> needs) {
        if (needs.isEmpty()) {
            SinglePromptEncoder text = SinglePromptEncoder.of(studio.model());
            Anchors noun = new Anchors(List.of(settings.path("noun").asText()));
            return mean(AnchorTable.of(noun, text.tokenizer(), text.encoder()).vectors());
        }
        try (Painter painter = DrawWork.painter(settings, needs, studio)) {
            return mean(painter.vectors().getOrDefault(settings.path("word").asText(), List.of()));
        }
    }

    private static double[] mean(List<float[]> vectors) {
        double[] mean = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += (double) vector[i] / vectors.size();
            }
        }
        return mean;
    }
}
