package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class RecipeTest {
    @TempDir
    private Path folder;

    private Path picture;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
    }

    @Test
    void whatIsNotSaidComesFromTheRecipe() throws IOException {
        Path recipe = Files.writeString(
                folder.resolve("recipe.yaml"),
                "method: mcpl-one # no regularisers\nsteps: 3\nrate: 1e-2\nmask: true\nbatch: 1\nflip: 0.25\n");
        CommandRun run = learn(recipe, "--prompt", "a <a> cat", "--steps", 2);
        assertEquals(0, run.code(), run.err());
        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("out/run.json").toFile());
        assertEquals(2, record.path("steps").asInt(), "the command line comes first");
        JsonNode settings = record.path("settings");
        assertEquals("mcpl-one", settings.path("method").asText());
        assertEquals(0.01, settings.path("rate").asDouble());
        assertEquals(0.25, settings.path("flip").asDouble());
        assertTrue(settings.path("regularisers").path("attention_mask").asBoolean());
    }

    @Test
    void aSwitchMayBeOffInTheRecipe() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), "mask: false\nsteps: 1\nbatch: 2\n");
        CommandRun run = learn(recipe, "--prompt", "a <a> cat and a <b> ball");
        assertEquals(0, run.code(), run.err());
        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("out/run.json").toFile());
        assertEquals(
                "false",
                record.path("settings")
                        .path("regularisers")
                        .path("attention_mask")
                        .toString());
    }

    static List<String> switches() {
        return command().getCommandSpec().options().stream()
                .filter(option -> option.typeInfo().isBoolean() && !option.usageHelp() && !option.versionHelp())
                .flatMap(option -> option.negatable()
                        ? Stream.of(option.longestName(), option.longestName().replace("--", "--no-"))
                        : Stream.of(option.longestName()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("switches")
    void aSwitchMeansTheSameWhateverTheRecipeSays(String given) throws IOException {
        String name = given.replaceFirst("^--(no-)?", "");
        for (boolean inRecipe : new boolean[] {true, false}) {
            String recipe = Files.writeString(folder.resolve("recipe.yaml"), name + ": " + inRecipe + "\n")
                    .toString();
            for (List<String> order : List.of(List.of("--recipe", recipe, given), List.of(given, "--recipe", recipe))) {
                CommandLine learn = command();
                List<String> all = new ArrayList<>(List.of("pair.png", "--out", "words"));
                all.addAll(order);
                learn.parseArgs(all.toArray(String[]::new));
                assertEquals(
                        !given.startsWith("--no-"),
                        learn.getCommandSpec().findOption("--" + name).<Boolean>getValue(),
                        order + " with " + name + ": " + inRecipe);
            }
        }
    }

    private static CommandLine command() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new CommandLine(new LearnCommand(new Console(nowhere, nowhere, Map.of(), false)));
    }

    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../recipes"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyValueNamesItsSource(Path recipe) throws IOException {
        assertTrue(Files.readAllLines(recipe).get(0).startsWith("# "), "the first line says whose run it is");
        for (String line : Files.readAllLines(recipe)) {
            assertTrue(line.matches("#.*|method: \\S+|[a-z-]+: [^#]*[^# ] +# \\S.*"), recipe + ": " + line);
        }
    }

    /** Every key is an option, every value fits it: two steps with each of them. */
    @ParameterizedTest
    @MethodSource("recipes")
    void thoseThatComeWithItWork(Path recipe) throws IOException {
        List<Object> more = new ArrayList<>(List.of("--init", "<a>=cat", "--steps", 2, "--batch", 2, "--prompt"));
        more.add(recipe.endsWith("textual-inversion.yaml") ? "<a>" : "<a> cat and <b> dog");
        if (!recipe.getFileName().toString().matches("(mcpl|textual).*")) {
            more.addAll(List.of("--regularise", "none"));
        }
        CommandRun run = learn(recipe, more.toArray());
        assertEquals(0, run.code(), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stepz: 3   | has \"stepz\", which is no option of hapax learn; there are: anchor-names, anchor-weight, anchors,",
                "steps: [1] | gives \"steps\" the value [1]; write one number or text",
                "steps      | has no lines such as \"steps: 250\"",
                "a: b: c    | is no YAML: ",
                "steps: few | is not a long",
            })
    void aBadRecipeIsOneLine(String content, String expected) throws IOException {
        CommandRun run = learn(Files.writeString(folder.resolve("recipe.yaml"), content), "--prompt", "a <a> cat");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(expected), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void aMissingRecipeIsOneLine() {
        CommandRun run = learn(folder.resolve("none.yaml"), "--prompt", "a <a> cat");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("hapax: there is no recipe " + folder.resolve("none.yaml")), run.err());
    }

    private CommandRun learn(Path recipe, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("learn", picture, "--recipe", recipe));
        arguments.addAll(List.of("--model", TinyModel.shared(), "--out", folder.resolve("out")));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }
}
