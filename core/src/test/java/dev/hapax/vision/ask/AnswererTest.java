package dev.hapax.vision.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.tensor.DType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole answerers, from a picture and a question in words to answers in words. */
class AnswererTest {
    @TempDir
    Path folder;

    @Test
    void viltSortsTheAnswersThatItKnows() throws IOException, URISyntaxException {
        try (ViltAnswerer answerer = ViltAnswerer.open(TinyModels.vilt(folder))) {
            List<Answer> answers = answerer.ask(TinyModels.picture(0), "what is it?");
            assertTrue(answers.size() >= 3 && answers.size() <= 5, answers::toString);
            for (int i = 1; i < answers.size(); i++) {
                assertTrue(answers.get(i - 1).confidence() >= answers.get(i).confidence());
            }
            Set<String> texts = answers.stream().map(Answer::text).collect(Collectors.toSet());
            assertEquals(answers.size(), texts.size()); // "dog" and "A dog" are one
            assertTrue(Set.of("cat", "dog", "axolotl", "red", "cup").containsAll(texts), texts::toString);
            assertTrue(texts.contains("red") || texts.contains("cup"), texts::toString); // the last of seven
            assertEquals(answers, answerer.ask(TinyModels.picture(0), "what is it?"));
            assertNotEquals(answers, answerer.ask(TinyModels.picture(0), "a red cup"));
            assertNotEquals(answers, answerer.ask(TinyModels.picture(3), "what is it?"));
        }
    }

    @Test
    void questionsThatCannotBeAskedAreRefused() throws IOException, URISyntaxException {
        try (ViltAnswerer answerer = ViltAnswerer.open(TinyModels.vilt(folder))) {
            refused(answerer, " ", "the question is blank; ask for example: What is in this photo?");
            refused(
                    answerer,
                    "a cat a cat a cat a cat a cat a cat",
                    "the question has 14 tokens, the model reads 12 at most; shorten it:"
                            + " a cat a cat a cat a cat a cat a cat");
        }
    }

    private static void refused(Answerer answerer, String question, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> answerer.ask(TinyModels.picture(0), question))
                        .getMessage());
    }

    @Test
    void blipAnswersFreelyWithTiedAndWithOwnOutputWeights() throws IOException, URISyntaxException {
        for (boolean tied : List.of(true, false)) {
            Path model = Files.createDirectory(folder.resolve("tied-" + tied));
            try (BlipAnswerer answerer = BlipAnswerer.open(TinyModels.blip(model, tied))) {
                List<Answer> answers = answerer.ask(TinyModels.picture(0), "what is it?");
                assertTrue(answers.size() <= 1, answers::toString);
                assertEquals(answers, answerer.ask(TinyModels.picture(0), "what is it?"));
            }
        }
    }

    @Test
    void blipChoosesFromAList() throws IOException, URISyntaxException {
        try (BlipAnswerer answerer = BlipAnswerer.open(TinyModels.blip(folder, true))) {
            Answerer choosing = answerer.among(List.of("a cat", "a dog", "red cup"));
            List<Answer> answers = choosing.ask(TinyModels.picture(0), "what is it?");
            assertEquals(
                    Set.of("cat", "dog", "red cup"),
                    answers.stream().map(Answer::text).collect(Collectors.toSet()));
            assertEquals(1, answers.stream().mapToDouble(Answer::confidence).sum(), 1e-9);
            assertTrue(answers.get(0).confidence() > answers.get(2).confidence());
            assertNotEquals(answers, choosing.ask(TinyModels.picture(0), "a photo of"));
            assertEquals(
                    "an answer to choose from has no words: \" \"",
                    assertThrows(IllegalArgumentException.class, () -> answerer.among(List.of("cat", " ")))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> answerer.among(List.of()));
        }
    }

    @Test
    void blip2AnswersWithEitherLanguageModel() throws IOException, URISyntaxException {
        Path t5 = Files.createDirectory(folder.resolve("t5"));
        Path opt = Files.createDirectory(folder.resolve("opt"));
        TinyModels.blip2(t5, TinyModels.t5(), "t5");
        TinyModels.blip2(opt, TinyModels.opt(), "bert");
        for (Path model : List.of(t5, opt)) {
            try (Blip2Answerer answerer = Blip2Answerer.open(model)) {
                List<Answer> answers = answerer.ask(TinyModels.picture(0), "what is it?");
                assertEquals(1, answers.size(), model::toString);
                assertTrue(answers.get(0).confidence() < 1e-6); // twenty random tokens
                assertEquals(answers, answerer.ask(TinyModels.picture(0), "what is it?"));
            }
        }
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> Blip2Answerer.open(t5, DType.FLOAT16))
                        .getMessage());
        assertTrue(message.startsWith("BLIP-2 runs in FLOAT32 or BFLOAT16, got FLOAT16"), message);
    }

    @Test
    void theFolderSaysWhichModelItIs() throws IOException, URISyntaxException {
        Path vilt = TinyModels.vilt(Files.createDirectory(folder.resolve("vilt")));
        Path blip = TinyModels.blip(Files.createDirectory(folder.resolve("blip")), true);
        Path blip2 = TinyModels.blip2(Files.createDirectory(folder.resolve("blip2")), TinyModels.t5(), "t5");
        for (Path model : List.of(vilt, blip, blip2)) {
            try (ModelAnswerer answerer = ModelAnswerer.open(model)) {
                String name = answerer.getClass().getSimpleName().replace("Answerer", "");
                assertEquals(model.getFileName().toString(), name.toLowerCase(Locale.ROOT));
            }
        }
        Path other = Files.createDirectory(folder.resolve("clip"));
        Files.writeString(other.resolve("config.json"), "{\"model_type\": \"clip\"}");
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> ModelAnswerer.open(other))
                .getMessage());
        assertTrue(message.endsWith("must be vilt, blip or blip-2 to answer questions, got \"clip\""), message);
    }
}
