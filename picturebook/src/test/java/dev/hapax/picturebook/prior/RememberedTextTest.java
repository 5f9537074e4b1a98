package dev.hapax.picturebook.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.prior.PriorSampler;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Picturebook's own prior draws alike with its text remembered, and so does the gradient of a learned word. */
class RememberedTextTest {
    private static final Rng RNG = new Rng(4);

    @Test
    void embeddingsAndTheGradientOfAWordAreThoseOfThePlainLoop() throws URISyntaxException {
        Path landmark = Path.of(Objects.requireNonNull(
                        PriorTransformer.class.getResource("/dev/hapax/picturebook/model/model_index.json"))
                .toURI());
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(Objects.requireNonNull(landmark.getParent()))) {
            ClipTextEncoder encoder =
                    ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", DType.FLOAT32));
            PriorTransformer prior =
                    PriorTransformer.of(folder.config("prior"), folder.weights("prior", DType.FLOAT32));
            PriorSampler sampler = new PriorSampler(prior, Samplers.of(folder.config("prior_scheduler")), 5, 4);
            try (Tokenizer tokenizer = Tokenizer.open(folder.path("tokenizer"), encoder.maxTokens())) {
                Tensor row = encoder.tokenTable().narrow(0, 40, 1).copy().requiresGrad(true);
                Lexicon words = Lexicon.empty().with("<pet>", row);
                List<TokenIds> prompts = List.of(
                        tokenizer.encode("a picture of a <pet>", words),
                        tokenizer.encode("a watercolor of a striped <pet> on a beach", words));
                TextEncoding text = encoder.encode(prompts, words);
                TextCondition condition = TextCondition.of(text, prompts);
                TokenIds nothing = tokenizer.encode("");
                TextCondition empty =
                        TextCondition.of(encoder.encode(List.of(nothing), Lexicon.empty()), List.of(nothing));
                Tensor start = noise(0, prior);
                Tensor plain = sampler.sample(condition, empty.and(empty), start, draws(prior));
                Tensor remembered = sampler.sample(prior.prefix(condition), prior.prefix(empty), start, draws(prior));
                assertEquals(0, distance(plain, remembered), 1e-5, "embeddings");
                Tensor expected = gradient(plain, row);
                assertTrue(expected.abs().sum().item() > 1e-3);
                assertEquals(0, distance(expected, gradient(remembered, row)), 1e-5, "gradient");
            }
        }
    }

    /** Of the mean cosine of the embeddings with some direction. */
    private static Tensor gradient(Tensor embeddings, Tensor row) {
        Tensor direction = RNG.normal(Purpose.EVALUATION, 0, 0, 1, embeddings.size(1));
        Tensor unit = embeddings.over(embeddings.norm(-1));
        Tensor cosine = unit.times(direction.over(direction.norm(-1))).sum().over(embeddings.size(0));
        return Gradients.of(cosine, Tensor.scalar(1).reshape(cosine.shape()), List.of(row), true)
                .get(0);
    }

    private static Supplier<Tensor> draws(PriorTransformer prior) {
        AtomicInteger draw = new AtomicInteger();
        return () -> noise(draw.incrementAndGet(), prior);
    }

    private static Tensor noise(int draw, PriorTransformer prior) {
        return RNG.normal(Purpose.PRIOR, 0, draw, 2, prior.embeddingWidth());
    }

    private static double distance(Tensor a, Tensor b) {
        return Arrays.stream(a.minus(b).abs().toDoubles()).max().orElseThrow();
    }
}
