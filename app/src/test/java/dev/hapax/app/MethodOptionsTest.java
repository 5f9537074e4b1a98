package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An option that a method would not look at is refused, never ignored. */
class MethodOptionsTest extends BadInput {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disendiff         | --bind <a>=brown    | mcpl, mcpl-one, mcpl-all, mcpl-diverse",
                "dreambooth        | --mask              | mcpl, mcpl-one, mcpl-all, mcpl-diverse",
                "textual-inversion | --contrast 0.1      | mcpl, mcpl-one, mcpl-all, mcpl-diverse",
                "custom-diffusion  | --temperature 0.2   | mcpl, mcpl-one, mcpl-all, mcpl-diverse",
                "mcpl              | --lora 2            | dreambooth, custom-diffusion, disendiff",
                "mcpl-one          | --export-lora 2     | dreambooth, custom-diffusion, disendiff",
                "mcpl-all          | --weight-rate 1e-3  | dreambooth, custom-diffusion, disendiff",
                "mcpl              | --regularise none   | dreambooth, custom-diffusion, disendiff",
                "textual-inversion | --class-images 2    | dreambooth, custom-diffusion, disendiff",
                "mcpl              | --class-prompt cats | dreambooth, custom-diffusion, disendiff",
                "mcpl              | --prior 1           | dreambooth, custom-diffusion, disendiff",
                "mcpl              | --no-augment        | dreambooth, custom-diffusion, disendiff",
                "custom-diffusion  | --text-encoder      | dreambooth",
                "disendiff         | --concept x=<a>     | custom-diffusion, dreambooth",
                "dreambooth        | --class <a>=cat     | disendiff, pplus, prospect, matte",
                "custom-diffusion  | --bind-weight 0.1   | disendiff",
                "mcpl              | --separate-weight 1 | disendiff",
                "custom-diffusion  | --no-smooth         | disendiff",
                "mcpl              | --suppress 2        | disendiff",
                "pplus             | --generator         | prospect",
                "prospect          | --profile paper     | matte",
                "pplus             | --colors red        | matte",
                "matte             | --init <o>=cat      | mcpl, mcpl-one, mcpl-all, mcpl-diverse, textual-inversion,",
                "matte             | --template {}       | mcpl, mcpl-one, mcpl-all, mcpl-diverse, textual-inversion,",
            })
    void whatAMethodDoesNotUseIsRefused(String method, String option, String users) {
        String all = users.endsWith(",") ? users + " dreambooth, custom-diffusion, disendiff, pplus, prospect" : users;
        List<String> more = new ArrayList<>(List.of("--steps", "1", "--method", method));
        more.addAll(List.of(option.split(" ")));
        String name = option.split(" ")[0].replace("--no-", "--");
        mistake(
                name + " is for " + all + ", and --method " + method + " would not look at it; leave it out",
                learn(picture, more.toArray(String[]::new)));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void aClassOfNoWordIsRefused() {
        mistake(
                "--class \"teddy bear\" does not say of which word; write --class \"<word>=teddy bear\"",
                learn(picture, "--steps", "1", "--method", "disendiff", "--class", "teddy bear"));
        mistake(
                "a class is given for <x>, which is none of the words of the prompt",
                learn(picture, "--steps", "1", "--method", "disendiff", "--class", "<x>=bear"));
        mistake(
                "at least 1 regularising picture must be generated, got 0",
                learn(picture, "--steps", "1", "--method", "disendiff", "--class-images", "0"));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "matte    | --class <o>=cat         | <o>=cat",
                "matte    | --class cat --class dog | cat and dog",
                "prospect | --class cat --class dog | cat and dog",
            })
    void oneClassNamesWhatAllPicturesShow(String method, String options, String got) {
        List<String> more = new ArrayList<>(List.of("--steps", "1", "--method", method));
        more.addAll(List.of("--prompt", method.equals("matte") ? "a <o>" : "<v>"));
        more.addAll(List.of(options.split(" ")));
        mistake(
                "--class of --method " + method + " is one name for all pictures, got " + got + "; write --class cat",
                learn(picture, more.toArray(String[]::new)));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a <v> cat", "a <o> beside a <v>", "a cat"})
    void matteLearnsItsOwnWordsWhateverThePromptSays(String prompt) {
        mistake(
                "--method matte learns [<c>, <o>, <s>, <l>], and the prompt \"" + prompt + "\" uses [",
                learn(picture, "--steps", "1", "--method", "matte", "--class", "cat", "--prompt", prompt));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @ParameterizedTest
    @CsvSource({"none, --class-images", "none, --class-prompt", "none, --prior", "folder, --class-images"})
    void whatRemindsOfNothingIsRefused(String regularise, String option) {
        String source = regularise.equals("none") ? "none" : folder.toString();
        mistake(
                option + " has no effect on --regularise " + source + "; leave one of the two out",
                learn(picture, "--steps", "1", "--method", "disendiff", "--regularise", source, option, "1"));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void ofARecipeAsWell() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), "method: disendiff\nsmooth: false\nsteps: 1\n");
        mistake(
                "--smooth is for disendiff, and --method mcpl would not look at it; leave it out",
                learn(picture, "--recipe", recipe.toString(), "--method", "mcpl"));
    }
}
