package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.learning.Example;
import dev.hapax.learning.Framing;
import dev.hapax.learning.PictureFile;
import dev.hapax.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JointWeightLearningTest extends WeightRuns {
    @Test
    void severalConceptsHavePicturesOfTheirOwn() throws IOException {
        Path balls = draw(folder.resolve("balls").resolve("ball.png"), 104729).getParent();
        Path relative = Path.of("").toAbsolutePath().relativize(balls.toAbsolutePath());
        assertEquals(
                2, learnJointly(balls, picture, "<a> cat", relative, "<b> ball").size());
        List<String> shown = List.of("<a> cat", "<b> ball");
        assertEquals(shown, shown(folder.resolve("out")));
        Path dreamed = folder.resolve("dreamed");
        Map<Path, String> concepts = new LinkedHashMap<>();
        concepts.put(picture, "<a> cat");
        concepts.put(balls, "<b> ball");
        learn(new RunFolder(dreamed), joint(MethodName.DREAMBOOTH, balls, concepts), false, Integer.MAX_VALUE);
        assertEquals(shown, shown(dreamed));
        concepts.put(balls, "a small <b> ball");
        assertRefused(
                "pictures was",
                () -> learn(
                        new RunFolder(dreamed),
                        joint(MethodName.DREAMBOOTH, balls, concepts),
                        true,
                        Integer.MAX_VALUE));
    }

    private static List<String> shown(Path run) {
        return RunRecord.read(new RunFolder(run).record())
                .path("settings")
                .path("pictures")
                .findValuesAsText("shows");
    }

    @Test
    void aConceptThatTeachesNothingIsRefusedBeforehand() throws IOException {
        Path balls = draw(folder.resolve("balls").resolve("ball.png"), 104729).getParent();
        Path nowhere = folder.resolve("bals");
        assertRefused(
                "no concept holds <b>, so that no picture would teach it",
                () -> learnJointly(balls, picture, "<a> cat", balls, "<c> ball"));
        assertRefused(
                "none of the pictures lies at " + nowhere + ", of which \"<b> ball\" is said",
                () -> learnJointly(balls, folder, "<a> cat", nowhere, "<b> ball"));
    }

    private static void assertRefused(String reason, Executable run) {
        String message = assertThrows(IllegalArgumentException.class, run).getMessage();
        assertTrue(message.contains(reason), message);
    }

    /** With the pair and another folder of pictures; at each of two places something else is shown. */
    private Map<String, Path> learnJointly(Path balls, Path one, String shown, Path two, String shownThere) {
        Map<Path, String> concepts = new LinkedHashMap<>();
        concepts.put(one, shown);
        concepts.put(two, shownThere);
        LearnRequest request = joint(MethodName.CUSTOM_DIFFUSION, balls, concepts);
        return learn(new RunFolder(folder.resolve("out")), request, false, Integer.MAX_VALUE);
    }

    private LearnRequest joint(MethodName method, Path balls, Map<Path, String> concepts) {
        WeightSettings weights = settings(OptionalInt.empty(), Regularisation.NONE, concepts, OptionalInt.empty());
        return new LearnRequest(
                List.of(picture, balls),
                method,
                method.regularisers(),
                PROMPT,
                List.of("photo of a {}"),
                InitWords.of(PROMPT, Map.of(), 1),
                new LearnRequest.Pace(3, 0.01, 2, 5, 0),
                OptionalInt.empty(),
                weights);
    }

    @Test
    void eachPictureOfAConceptIsShownWithItsOwnPrompt() throws IOException {
        Path other = draw(folder.resolve("ball.png"), 104729);
        WeightSettings weights = settings(
                OptionalInt.empty(),
                Regularisation.NONE,
                Map.of(picture, "<a> cat", other, "<b> ball"),
                OptionalInt.empty());
        for (MethodName method : List.of(MethodName.CUSTOM_DIFFUSION, MethodName.DREAMBOOTH)) {
            LearnRequest request = new LearnRequest(
                    List.of(picture, other),
                    method,
                    method.regularisers(),
                    PROMPT,
                    List.of("photo of a {}"),
                    InitWords.of(PROMPT, Map.of(), 1),
                    new LearnRequest.Pace(3, 0.01, 2, 5, 0),
                    OptionalInt.empty(),
                    weights);
            List<PictureFile> files = PictureFile.readAll(request.pictures());
            try (Scope scope = Scope.open()) {
                var prompts = request.build(
                                files,
                                SinglePromptEncoder.of(model),
                                model.unet().crossAttentionLayers())
                        .prompts();
                Example ball = files.get(1).encode(model.vae(), 16, Framing.CROP);
                assertEquals(List.of("photo of a <b> ball"), prompts.all(ball), method.toString());
                assertFalse(prompts.holds(ball, request.words().get(0)), method.toString());
            }
        }
    }
}
