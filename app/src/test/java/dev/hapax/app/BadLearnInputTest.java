package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What may be wrong about pictures, sentences, numbers and folders that words are learned from. */
class BadLearnInputTest extends BadInput {
    @Test
    void pictures() throws IOException {
        Path nowhere = folder.resolve("nowhere.png");
        mistake("there is no picture " + nowhere, learn(nowhere));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        mistake(text + " is not a picture that can be read: it has 10 bytes of another kind", learn(text));
        Path half = Files.write(folder.resolve("half.png"), Arrays.copyOf(Files.readAllBytes(picture), 60));
        mistake(half + " is damaged or of a rare kind", learn(half));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mistake("the folder " + empty + " has no pictures", learn(empty));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void prompts() {
        mistake("holds no word to learn", learn(picture, "--prompt", "a brown cat"));
        mistake("<a> has nothing to start from: \"and\" follows it", learn(picture, "--prompt", "a brown <a> and"));
        mistake("\"" + PROMPT + "\" does not hold <c>; put the word into it", learn(picture, "--init", "<c>=tree"));
        mistake("\"cat\" is already token", learn(picture, "--prompt", "a cat", "--init", "cat=dog"));
        mistake(
                "textual inversion learns one word at a time, got [<a>, <b>]",
                learn(picture, "--method", "textual-inversion"));
        mistake("mcpl-diverse needs RELATE in the sentence", learn(picture, "--method", "mcpl-diverse"));
        mistake("an adjective is bound to <c>", learn(picture, "--bind", "<c>=brown"));
        mistake("does not hold red; every prompt must", learn(picture, "--bind", "<a>=red"));
        String longer = "word ".repeat(80) + "<a> cat";
        mistake("does not hold <a> within the text encoder's length", learn(picture, "--prompt", longer));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void numbersAndNames() {
        mistake("steps must be at least 1, got 0", learn(picture, "--steps", "0"));
        mistake("steps must be at least 1, got -5", learn(picture, "--steps", "-5"));
        mistake("the learning rate must be positive, got -1.0", learn(picture, "--rate", "-1"));
        mistake("the batch must be at least 1, got 0", learn(picture, "--batch", "0"));
        mistake("prompt contrast compares samples of one batch, got a batch of 1", learn(picture, "--batch", "1"));
        mistake("there is no method \"mcpI\"; there are mcpl, mcpl-one", learn(picture, "--method", "mcpI"));
        mistake("must be a multiple of 2 for this model, got 15", learn(picture, "--size", "15"));
        mistake("'--steps': 'many' is not a long; see hapax learn --help", learn(picture, "--steps", "many"));
        mistake(
                "count and steps must be at least 1",
                CommandRun.of("generate", "a cat", "--model", MODEL, "--steps", 0));
        mistake("\"big\" is no size", CommandRun.of("generate", "a cat", "--model", MODEL, "--size", "big"));
        mistake(
                "width and height must be multiples of 2, got 15x15",
                CommandRun.of("generate", "a cat", "--model", MODEL, "--size", "15", "--out", out));
        mistake("sampler \"dim\" is unknown", CommandRun.of("generate", "a cat", "--model", MODEL, "--sampler", "dim"));
        mistake("Missing required option: '--out=DIR'; see hapax learn --help", CommandRun.of("learn", picture));
        mistake(
                "--prompt says what the pictures show",
                CommandRun.of("learn", picture, "--model", MODEL, "--out", out));
    }

    @Test
    void folders() throws IOException {
        assertEquals(0, learn(picture, "--steps", "1").code());
        mistake("the folder " + out + " holds a run already", learn(picture, "--steps", "1"));
        mistake(
                "had other settings: seed was 0 and is now 3",
                learn(picture, "--steps", "1", "--seed", "3", "--resume"));
        Path other = folder.resolve("other");
        mistake(
                "the folder " + other + " holds no run to go on with",
                CommandRun.of("learn", picture, "--prompt", PROMPT, "--model", MODEL, "--out", other, "--resume"));
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        mistake(
                "the folder " + file + " cannot be made",
                CommandRun.of("learn", picture, "--prompt", PROMPT, "--model", MODEL, "--out", file, "--steps", 1));
    }
}
