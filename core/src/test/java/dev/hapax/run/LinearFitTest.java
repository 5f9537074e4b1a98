package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the little Stable Diffusion and the towers of the little Kandinsky of the reference numbers. */
class LinearFitTest {
    private static final List<String> PROMPTS = List.of("a cat", "a dog", "a red ball", "a blue chair");

    @TempDir
    private Path store;

    /** What the fitted prior draws for a prompt. */
    private float[] fitted(long seed, IntConsumer more) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open();
                StableDiffusion model =
                        StableDiffusion.open(Folders.GOLDENS.resolve("sd-tiny"), DType.FLOAT32, Device.CPU);
                PriorModel towers = PriorModel.open(Folders.GOLDENS.resolve("kandinsky-prior"), PriorModel.Kind.TEXT);
                PriorModel fitted = LinearFit.of(model, towers, PROMPTS, seed, store, more)) {
            TokenIds tokens = fitted.tokenizer().encode("a cat");
            TextCondition text =
                    TextCondition.of(fitted.texts().encode(List.of(tokens), Lexicon.empty()), List.of(tokens));
            return fitted.prior().draw(text, new Rng(0), 0).toFloats();
        }
    }

    @Test
    void noPictureIsDrawnTwice() throws IOException {
        List<Integer> told = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> fitted(7, more -> {
                    told.add(more);
                    if (told.size() == 3) {
                        throw new IllegalStateException("stopped after two pictures");
                    }
                }));
        assertEquals(List.of(0, 1, 1), told);
        told.clear();
        float[] goneOn = fitted(7, told::add);
        assertEquals(List.of(2, 1, 1), told);
        told.clear();
        assertArrayEquals(goneOn, fitted(7, told::add));
        assertEquals(List.of(4), told);

        told.clear();
        assertFalse(Arrays.equals(goneOn, fitted(8, told::add)), "another seed draws other pictures");
        assertEquals(List.of(0, 1, 1, 1, 1), told);
        try (Stream<Path> files = Files.list(store)) {
            files.forEach(LinearFitTest::delete);
        }
        assertArrayEquals(goneOn, fitted(7, more -> {}), "all at once is the same");
    }

    @Test
    void everyThingAndEveryContextIsDrawn() {
        for (int things : List.of(1, 30, 92)) {
            for (int contexts : List.of(10, 12, 54)) {
                List<String> prompts = LinearFit.prompts(
                        IntStream.range(0, contexts)
                                .mapToObj(i -> Context.of("context " + i + " of {};"))
                                .toList(),
                        IntStream.range(0, things).mapToObj(i -> "thing " + i).toList());
                assertEquals(LinearFit.PICTURES, prompts.size());
                assertEquals(
                        things,
                        prompts.stream()
                                .map(prompt -> prompt.substring(prompt.indexOf("thing")))
                                .distinct()
                                .count());
                assertEquals(
                        contexts,
                        prompts.stream()
                                .map(prompt -> prompt.substring(0, prompt.indexOf(" of")))
                                .distinct()
                                .count());
                assertEquals(
                        Math.min(LinearFit.PICTURES, things * contexts),
                        prompts.stream().distinct().count(),
                        "none twice before all were drawn: " + things + " things, " + contexts + " contexts");
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
