package dev.hapax.picturebook.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.WordFile;
import dev.hapax.measure.ClipJudge;
import dev.hapax.measure.Embedding;
import dev.hapax.run.PriorDraws;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Picturebook's prior draws, where it means something. */
class PriorDrawsTest {
    private static final String PET = "a picture of a pet";

    @TempDir
    private Path folder;

    private static Path model() throws URISyntaxException {
        Path landmark = Path.of(
                Objects.requireNonNull(PriorModel.class.getResource("/dev/hapax/picturebook/model/model_index.json"))
                        .toURI());
        return Objects.requireNonNull(landmark.getParent());
    }

    private static double like(List<Embedding> drawn, Embedding place) {
        return place.meanCosine(drawn);
    }

    @Test
    void guidanceLeadsAwayFromANegativePrompt() throws URISyntaxException {
        try (PriorModel prior = PriorModel.open(model(), PriorModel.Kind.PRIOR)) {
            Embedding fish = new PriorDraws(prior, PET, "", 1)
                    .places(List.of("a picture of a fish"))
                    .get(0);
            List<Embedding> plain = new PriorDraws(prior, PET, "", 1).of(List.of(), 8);
            List<Embedding> led = new PriorDraws(prior, PET, "a picture of a fish", 1).of(List.of(), 8);
            assertEquals(8, led.size());
            assertTrue(
                    like(led, fish) < like(plain, fish) - 0.05,
                    "a fish by " + like(plain, fish) + ", led away from it by " + like(led, fish));
            assertArrayEquals(
                    plain.get(3).values(),
                    new PriorDraws(prior, PET, "", 1).of(List.of(), 4).get(3).values(),
                    "seed and number decide");
            assertTrue(plain.get(0).cosine(plain.get(1)) < 1 - 1e-4, "each is drawn from its own noise");
        }
    }

    @Test
    void aLearnedWordIsReadFromItsFile() throws URISyntaxException {
        try (PriorModel prior = PriorModel.open(model(), PriorModel.Kind.PRIOR);
                Scope scope = Scope.open()) {
            Word word = Word.of("<new>", "fish");
            Lexicon words = word.in(Lexicon.empty(), word.initial(prior.tokenizer(), prior.texts()));
            Path file = folder.resolve("new.safetensors");
            new WordFile("<new>", words.rows("<new>"), Map.of()).write(file);
            List<Embedding> drawn = new PriorDraws(prior, "a picture of a <new>", "", 1).of(List.of(file), 2);
            List<Embedding> named = new PriorDraws(prior, "a picture of a fish", "", 1).of(List.of(), 2);
            assertEquals(1, drawn.get(1).cosine(named.get(1)), 1e-5);
        }
    }

    @Test
    void onlyADiffusionPriorReadsANegativePrompt() throws URISyntaxException {
        try (PriorModel texts = PriorModel.open(model(), PriorModel.Kind.TEXT)) {
            PriorDraws draws = new PriorDraws(texts, PET, "a picture of a fish", 1);
            assertThrows(IllegalArgumentException.class, () -> draws.of(List.of(), 1));
        }
    }

    @Test
    void theTowersAreTheJudgeOfTheSameFolder() throws URISyntaxException {
        try (PriorModel prior = PriorModel.open(model(), PriorModel.Kind.PRIOR);
                ClipJudge judge = ClipJudge.open(model())) {
            assertEquals(judge.hash(), prior.towersHash().orElseThrow());
        }
    }
}
