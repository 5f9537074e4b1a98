package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorForward;
import dev.hapax.prior.ImagePrior;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference numbers' tiny prior, the space of its texts, and two contexts to tell apart. */
final class ReferencePrior implements AutoCloseable {
    static final Rng RNG = new Rng(5);
    static final List<Context> CONTEXTS =
            List.of(Context.of("a photo of a {}"), Context.of("a very large painting of the {} in a room"));

    private static final Path FOLDER = Path.of("src/test/resources/goldens/kandinsky-prior");

    private final Scope scope = Scope.open();
    private final PriorModel model =
            PriorModel.open(Files.exists(FOLDER) ? FOLDER : Path.of("core").resolve(FOLDER), PriorModel.Kind.PRIOR);
    private final TextEmbeddings space = new TextEmbeddings(model.tokenizer(), model.texts());

    PriorModel model() {
        return model;
    }

    TextEmbeddings space() {
        return space;
    }

    /** What draws embeddings with another prior behind the same text tower. */
    PriorForward forward(ImagePrior prior, int batch) {
        return new PriorForward(model.tokenizer(), model.texts(), prior, batch, RNG);
    }

    @Override
    public void close() {
        space.close();
        model.close();
        scope.close();
    }
}
