package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MergingTest extends WeightRuns {
    @Test
    void mergedConceptsReadTheirPromptsAsBefore() {
        for (String word : List.of("a", "b")) {
            String prompt = "<" + word + "> cat";
            learned(
                    word,
                    request(
                            MethodName.CUSTOM_DIFFUSION,
                            prompt,
                            InitWords.of(prompt, Map.of(), 1),
                            word.equals("a") ? 3 : 8,
                            plain()));
        }
        RunFolder both = new RunFolder(folder.resolve("both"));
        List<Path> folders = List.of(folder.resolve("a"), folder.resolve("b"));
        new Merging(model, List.of("a red cup", " ", "a dog on the grass")).merge(folders, both);
        try (Scope scope = Scope.open();
                Painter painter = Painter.open(model, List.of(both.root()))) {
            assertEquals(List.of(both.root() + " changes 8 weights of the model"), painter.notes());
            SinglePromptEncoder text = (SinglePromptEncoder) model.text();
            float[] merged = stored(both.weights(), KEY);
            for (Path folder : folders) {
                String token = "<" + folder.getFileName() + ">";
                Lexicon words = Lexicon.empty()
                        .with(
                                token,
                                WordFile.read(folder.resolve(folder.getFileName() + ".safetensors"))
                                        .vectors());
                Tensor rows = text.encoder()
                        .encode(List.of(text.tokenizer().encode(token + " cat", words)), words)
                        .last()
                        .select(0, 0)
                        .narrow(0, 1, 2); // the word and what follows
                float[] own = stored(new RunFolder(folder).weights(), KEY);
                assertArrayEquals(read(own, rows), read(merged, rows), 1e-4f);
            }
            assertFalse(Arrays.equals(merged, weight(model, KEY)));
        }
        assertEquals(
                "<a> cat and <b> cat",
                Config.read(both.record()).object("settings").text("prompt"));
        assertThrows(IllegalArgumentException.class, () -> new Merging(model, List.of(" ")));
    }

    @Test
    void aLoraIsRefused() {
        RunFolder lora = learned(
                "lora",
                request(
                        MethodName.CUSTOM_DIFFUSION,
                        "<a> cat",
                        InitWords.of("<a> cat", Map.of(), 1),
                        2,
                        settings(OptionalInt.of(2), Regularisation.NONE, Map.of(), OptionalInt.empty())));
        Merging merging = new Merging(model, List.of("a red cup"));
        String message = assertThrows(
                        CheckpointException.class,
                        () -> merging.merge(List.of(lora.root()), new RunFolder(folder.resolve("both"))))
                .getMessage();
        assertEquals(
                lora.root() + " holds a LoRA, and only weights that were learned whole can be merged; learn it again"
                        + " without --lora",
                message);
    }

    @Test
    void whatCannotBeMergedIsRefused() throws IOException {
        Path cat =
                learned("cat", simple("<a> cat", MethodName.CUSTOM_DIFFUSION)).root();
        Path again =
                learned("again", simple("<a> cat", MethodName.CUSTOM_DIFFUSION)).root();
        assertRefused("hold the word <a>; learn one of them under another name", cat, again);
        Path dream = learned("dream", simple("<b> cat", MethodName.DREAMBOOTH)).root();
        assertRefused("only keys and values of cross-attention can be merged", cat, dream);
        Path words = Files.createDirectories(folder.resolve("words"));
        Files.copy(cat.resolve("a.safetensors"), words.resolve("a.safetensors"));
        assertRefused(words + " holds no weights that were learned whole; hapax learn --method", words);
        Path record = again.resolve("run.json");
        Files.writeString(record, Files.readString(record).replace("\"finished\" : true", "\"finished\" : false"));
        assertRefused("the run in " + again + " is not finished", again);
    }

    private LearnRequest simple(String prompt, MethodName method) {
        return request(method, prompt, InitWords.of(prompt, Map.of(), 1), 2, plain());
    }

    private void assertRefused(String reason, Path... folders) {
        RunFolder both = new RunFolder(folder.resolve("merged"));
        String message = assertThrows(
                        CheckpointException.class,
                        () -> new Merging(model, List.of("a red cup")).merge(List.of(folders), both))
                .getMessage();
        assertTrue(message.contains(reason), message);
        assertFalse(Files.exists(both.root()), "nothing is left behind");
    }

    private static float[] read(float[] weight, Tensor rows) {
        return rows.matmul(Tensor.of(weight, 24, 16).transpose(0, 1)).toFloats();
    }
}
