package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.diffusion.EmbeddingModel;
import dev.hapax.method.conceptlab.AdaptiveNegatives;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.text.Word;
import dev.hapax.vision.ask.Answerer;
import dev.hapax.vision.ask.BlipAnswerer;
import dev.hapax.vision.ask.TinyModels;
import dev.hapax.vision.ask.ViltAnswerer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that answer questions, asked during an invention with the little Kandinsky of the reference numbers. */
class InventingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ALL =
            List.of("cat", "dog", "axolotl", "red", "cup"); // what the little ViLT knows

    @TempDir
    private Path folder;

    private JsonNode line(Path run, int number) throws IOException {
        return JSON.readTree(Files.readAllLines(new RunFolder(run).questions()).get(number));
    }

    private Path invented(String name, Answerer answerer, List<String> members, boolean resume) {
        Path run = folder.resolve(name);
        try (PriorModel prior = PriorModel.open(Folders.GOLDENS.resolve("kandinsky-prior"), PriorModel.Kind.PRIOR);
                EmbeddingModel decoder = EmbeddingModel.open(Folders.GOLDENS.resolve("kandinsky21"))) {
            List<Context> contexts = List.of(Context.of("a photo of a {}"));
            InventRequest request = new InventRequest(
                    Word.of("<new>", "cat"),
                    contexts,
                    contexts,
                    new InventRequest.Member(
                            List.of("pet"),
                            Weighting.of(List.of(), 1),
                            List.of(),
                            members,
                            List.of(),
                            Optional.of(new Thresholds(0.28, 0.2)),
                            1,
                            Optional.of(new AdaptiveNegatives.Settings(1, "what is it?", "pet", 0, 0))),
                    new LearnRequest.Pace(2, 1e-3, 1, 5, 0));
            new Inventing(
                            new PriorIllustrator(prior, decoder),
                            prior,
                            request,
                            new RunFolder(run),
                            InstantSource.system(),
                            Optional.of(answerer))
                    .run(new Learning.Options(1, 0, resume), (metric, steps) -> {});
        }
        return run;
    }

    @Test
    void whatViltNamesIsKeptAwayFromIfItIsOfTheCategory() throws IOException, URISyntaxException {
        try (ViltAnswerer vilt = ViltAnswerer.open(TinyModels.vilt(Files.createDirectory(folder.resolve("vilt"))))) {
            Path run = invented("any", vilt, ALL, false);
            JsonNode first = line(run, 0);
            String named = first.path("named").asText();
            assertTrue(ALL.contains(named), first::toString);
            assertEquals(named, first.path("answers").path(0).path("answer").asText());
            assertEquals("new", first.path("verdict").asText());
            assertTrue(first.path("answers").size() >= 3, first::toString);
            assertTrue(Files.exists(run.resolve(first.path("image").asText())), first::toString);
            assertEquals(
                    vilt.identity(),
                    JSON.readTree(new RunFolder(run).record().toFile())
                            .at("/settings/questions/answerer")
                            .asText());

            List<String> others = new ArrayList<>(ALL);
            others.remove(named);
            String shown = "A " + named.toUpperCase(Locale.ROOT) + ".";
            JsonNode capital = line(invented("capitals", vilt, List.of(shown), false), 0);
            assertEquals(named, capital.path("named").asText(), "members are written in one way, as answers are");
            JsonNode outside = line(invented("others", vilt, others, false), 0);
            assertEquals(first.path("answers"), outside.path("answers"), "the same word drawn from the same noise");
            assertEquals("outside", outside.path("verdict").asText());
            assertFalse(outside.has("named"), outside::toString);
        }
    }

    @Test
    void whoAnswersDecidesTheNumbers() throws IOException, URISyntaxException {
        Path model = TinyModels.blip(Files.createDirectory(folder.resolve("blip")), true);
        List<String> pets = List.of("cat", "dog");
        try (BlipAnswerer blip = BlipAnswerer.open(model)) {
            Answerer choosing = blip.among(pets);
            assertNotEquals(blip.identity(), choosing.identity());
            Path run = invented("chosen", choosing, pets, false);
            JsonNode first = line(run, 0);
            assertEquals(2, first.path("answers").size(), first::toString);
            assertTrue(pets.contains(first.path("named").asText()), first::toString);
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> invented("chosen", blip, pets, true))
                            .getMessage());
            assertTrue(message.contains(choosing.identity()) && message.contains(blip.identity()), message);
        }
    }
}
