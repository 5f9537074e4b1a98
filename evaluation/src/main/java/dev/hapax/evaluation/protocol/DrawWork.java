package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.WordBox;
import dev.hapax.run.Painter;
import dev.hapax.text.Lexicon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws, with learned words and without. */
final class DrawWork {
    private DrawWork() {}

    /** Pictures that remind a model: of one prompt, or as many of each of several, with captions then. */
    static void remind(JsonNode settings, Path folder, Studio studio) {
        List<String> several = LearnSettings.texts(settings.path("prompts"));
        List<String> prompts =
                several.isEmpty() ? List.of(settings.path("prompt").asText()) : several;
        int count = settings.path("count").asInt();
        try (Painter painter = Painter.of(studio.model(), Lexicon.empty())) {
            for (int i = 0; i < prompts.size() * count; i++) {
                String prompt = prompts.get(i / count);
                String name = String.format(Locale.ROOT, "%04d", i);
                painter.paintTo(folder.resolve(name + ".png"), request(settings, prompt, i));
                if (!several.isEmpty()) {
                    AtomicFile.write(folder.resolve(name + ".txt"), prompt.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    static void draw(JsonNode settings, List<Path> needs, Path folder, Studio studio) {
        try (Painter painter = painter(settings, needs, studio)) {
            ImageRequest request = request(
                            settings,
                            settings.path("prompt").asText(),
                            settings.path("image").asInt())
                    .withSampler(settings.path("sampler").asText())
                    .withNegativePrompt(settings.path("negative").asText())
                    .withBoxes(LearnSettings.texts(settings.path("boxes")).stream()
                            .map(WordBox::parse)
                            .toList());
            painter.paintTo(folder.resolve("image.png"), request);
        }
    }

    private static ImageRequest request(JsonNode settings, String prompt, int image) {
        return ImageRequest.of(prompt)
                .withSeed(settings.path("seed").asLong())
                .withImages(image, 1)
                .withSteps(settings.path("sampler_steps").asInt())
                .withGuidance(settings.path("guidance").asDouble());
    }

    /** A painter with the words that the needed products hold after the step of the settings. */
    static Painter painter(JsonNode settings, List<Path> needs, Studio studio) {
        String step = WordWork.stepName(settings.path("step").asLong());
        return Painter.open(
                studio.model(), needs.stream().map(words -> words.resolve(step)).toList());
    }
}
