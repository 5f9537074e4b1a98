package dev.hapax.run;

import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import java.nio.file.Path;
import java.util.List;

/** Draws with a Stable Diffusion. */
record ModelIllustrator(StableDiffusion model) implements Illustrator {
    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String hash() {
        return model.hash();
    }

    @Override
    public int threads() {
        return model.threads();
    }

    @Override
    public void require(Lexicon words) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            model.text().encode(String.join(" ", words.words()), List.of(words), model.nativeSize());
        }
    }

    @Override
    public WordPainter with(Lexicon words) {
        return Painter.of(model, words);
    }

    @Override
    public WordPainter open(List<Path> filesAndFolders) {
        return Painter.open(model, filesAndFolders);
    }
}
