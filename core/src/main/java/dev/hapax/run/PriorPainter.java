package dev.hapax.run;

import dev.hapax.diffusion.EmbeddingModel;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.Version;
import dev.hapax.diffusion.WordHashes;
import dev.hapax.learning.PriorForward;
import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.UnclipPrior;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Draws with a prior and a decoder: the prior says where CLIP would place the picture of a prompt, the decoder draws it. With a
 * negative prompt the prior's own guidance leads away from its text, and the decoder's from what the prior draws for it, where
 * guidance away from itself has no effect (diffusers' Kandinsky pipelines).
 */
final class PriorPainter implements WordPainter {
    private final Illustrator origin;
    private final PriorModel prior;
    private final EmbeddingModel decoder;
    private final Lexicon words;
    private final boolean owned;

    PriorPainter(Illustrator origin, PriorModel prior, EmbeddingModel decoder, Lexicon words, boolean owned) {
        this.origin = origin;
        this.prior = prior;
        this.decoder = decoder;
        this.words = words;
        this.owned = owned;
    }

    @Override
    public Set<String> words() {
        return words.words();
    }

    @Override
    public ImageRequest request(String prompt) {
        return decoder.request(prompt);
    }

    @Override
    public void paint(List<ImageRequest> requests, Consumer<GeneratedImage> done) {
        requests.forEach(request -> requireWords(request.prompt() + " " + request.negativePrompt()));
        requests.forEach(request -> done.accept(drawn(request)));
    }

    private GeneratedImage drawn(ImageRequest request) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor embedding = embedding(request.prompt(), request);
            BufferedImage image = decoder.draw(embedding, instead(request), request);
            return new GeneratedImage(image, settings(request, new ImageSize(image.getWidth(), image.getHeight())));
        }
    }

    /** (1, width), fp32. The prior's noise depends on the seed and the image's index alone. */
    private Tensor embedding(String prompt, ImageRequest request) {
        PriorForward forward = forward(prior.prior(), request);
        if (isNegative(request) && prior.prior() instanceof UnclipPrior guided) {
            try (UnclipPrior led = guided.against(forward.read(List.of(request.negativePrompt()), words))) {
                return forward(led, request).draw(List.of(prompt), words, request.first());
            }
        }
        return forward.draw(List.of(prompt), words, request.first());
    }

    private PriorForward forward(ImagePrior draws, ImageRequest request) {
        return new PriorForward(prior.tokenizer(), prior.texts(), draws, 1, new Rng(request.seed()));
    }

    private static boolean isNegative(ImageRequest request) {
        return request.guidance() > 1 && !request.negativePrompt().isEmpty();
    }

    private Optional<Tensor> instead(ImageRequest request) {
        if (request.guidance() <= 1) {
            return Optional.empty();
        }
        if (isNegative(request)) {
            return Optional.of(embedding(request.negativePrompt(), request));
        }
        return decoder.nothing() == EmbeddingModel.Nothing.BLACK_PICTURE
                ? Optional.of(blackPicture())
                : Optional.empty();
    }

    /** As diffusers takes it: zeros where CLIP's normalised pixels would be. */
    private Tensor blackPicture() {
        var tower = prior.requiredVision().encoder();
        Tensor pixels = Tensor.zeros(DType.FLOAT32, 1, 3, tower.imageSize(), tower.imageSize());
        return tower.encode(pixels).projected().to(DType.FLOAT32);
    }

    private ImageSettings settings(ImageRequest request, ImageSize size) {
        return new ImageSettings(
                request.prompt(),
                request.negativePrompt(),
                WordHashes.of(List.of(words), request.prompt(), request.negativePrompt()),
                List.of(),
                origin.name(),
                origin.hash(),
                request.sampler(),
                request.steps(),
                request.guidance(),
                request.seed(),
                request.first(),
                size,
                1,
                Optional.empty(),
                List.of(),
                Version.CURRENT);
    }

    /** Frees the words that came from files. */
    @Override
    public void close() {
        if (owned) {
            words.words().forEach(word -> words.rows(word).close());
        }
    }
}
