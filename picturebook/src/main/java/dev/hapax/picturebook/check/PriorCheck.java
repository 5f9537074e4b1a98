package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
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
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.vae.ImageTensor;
import dev.hapax.vision.ClipModel;
import dev.hapax.vision.ClipVisionEncoder;
import java.util.List;
import java.util.stream.IntStream;

/** Compares what the prior makes of held-out captions with CLIP's embeddings of the scenes they tell. */
final class PriorCheck {
    private static final int BATCH = 16;
    private static final int STEPS = 25;
    private static final double NO_GUIDANCE = 1; // guidance sharpens, and moves away from the mean of what is true

    private final ModelFolder model;
    private final CheckSettings settings;

    PriorCheck(ModelFolder model, CheckSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    static boolean isPossible(ModelFolder model) {
        return List.of("prior", "prior_scheduler", "image_encoder", "text_encoder", "tokenizer").stream()
                .allMatch(model::has);
    }

    PriorScore score(WatchedCrew crew) {
        PriorTransformer prior = PriorTransformer.of(model.config("prior"), model.weights("prior", DType.FLOAT32));
        ClipVisionEncoder image =
                ClipVisionEncoder.of(model.config("image_encoder"), model.weights("image_encoder", DType.FLOAT32));
        ClipTextEncoder text =
                ClipTextEncoder.of(model.config("text_encoder"), model.weights("text_encoder", DType.FLOAT32));
        int batches = Math.max(1, settings.prompts() / BATCH);
        try (Tokenizer tokenizer = Tokenizer.open(model.path("tokenizer"), text.maxTokens())) {
            return sum(crew.results("prior", batches, i -> batch(i * BATCH, prior, image, text, tokenizer)));
        }
    }

    private PriorScore batch(
            int first, PriorTransformer prior, ClipVisionEncoder image, ClipTextEncoder text, Tokenizer tokenizer) {
        List<Scene> scenes = IntStream.range(first, first + BATCH)
                .mapToObj(i -> HeldOut.prompt(settings.seed(), i))
                .toList();
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            List<TokenIds> captions = scenes.stream()
                    .map(scene -> tokenizer.encode(new Captions().full(scene)))
                    .toList();
            TextCondition condition = TextCondition.of(text.encode(captions, Lexicon.empty()), captions);
            Rng rng = new Rng(settings.seed());
            long[] shape = {BATCH, prior.embeddingWidth()};
            int[] drawn = {0};
            Tensor sampled = new PriorSampler(prior, Samplers.of(model.config("prior_scheduler")), STEPS, NO_GUIDANCE)
                    .sample(
                            condition,
                            condition,
                            rng.normal(Purpose.PRIOR, 0, first, shape),
                            () -> rng.normal(Purpose.PRIOR, ++drawn[0], first, shape)); // (b, width)
            int size = image.imageSize();
            Tensor pixels = ImageTensor.of(scenes.stream()
                    .map(scene -> new Renderer().render(scene, size).image())
                    .toList()); // (b, 3, size, size)
            Tensor truth = image.encode(pixels).projected(); // (b, width)
            Tensor mean = prior.toImageEmbedding(Tensor.zeros(DType.FLOAT32, BATCH, prior.outWidth()));
            return compare(sampled, truth, mean);
        }
    }

    /** All (b, width); the other scene of each is the next one. */
    static PriorScore compare(Tensor sampled, Tensor truth, Tensor mean) {
        long b = truth.size(0);
        Tensor next = Tensor.cat(List.of(truth.narrow(0, 1, b - 1), truth.narrow(0, 0, 1)), 0);
        double[] own = cosines(sampled, truth);
        double[] other = cosines(sampled, next);
        double[] blind = cosines(mean, truth);
        Share nearer = Share.NONE;
        for (int i = 0; i < b; i++) {
            nearer = nearer.plus(Share.of(own[i] > other[i]));
        }
        return new PriorScore(average(own), average(other), average(blind), nearer);
    }

    private static double[] cosines(Tensor a, Tensor b) {
        return ClipModel.normalised(a)
                .times(ClipModel.normalised(b))
                .sum(false, 1)
                .toDoubles();
    }

    private static double average(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(Double.NaN);
    }

    private static PriorScore sum(List<PriorScore> batches) {
        return new PriorScore(
                batches.stream().mapToDouble(PriorScore::own).average().orElse(Double.NaN),
                batches.stream().mapToDouble(PriorScore::other).average().orElse(Double.NaN),
                batches.stream().mapToDouble(PriorScore::mean).average().orElse(Double.NaN),
                batches.stream().map(PriorScore::nearer).reduce(Share.NONE, Share::plus));
    }
}
