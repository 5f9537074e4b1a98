package dev.hapax.text;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.AttentionMask;
import dev.hapax.nn.Footprint;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.PreNormLayer;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Segments;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The text half of CLIP (Radford et al. 2021, section 2.4), as transformers saves it under {@code CLIPTextModel} and
 * {@code CLIPTextModelWithProjection}: a causal transformer over token and position embeddings.
 *
 * <p>Ids from {@link #vocabularySize()} on are learned words: their embeddings are rows of a {@link Lexicon} and
 * gradients flow into those rows, the table of the vocabulary stays as it is.
 */
public final class ClipTextEncoder {
    private static final int LEGACY_END = 2; // transformers before 4.31 wrote this id whatever the end token was

    private final Tensor table;
    private final Tensor positions;
    private final List<PreNormLayer> layers;
    private final List<List<Tensor>> parameters = new ArrayList<>(); // of each layer
    private final LayerNorm finalNorm;
    private final @Nullable UnaryOperator<Tensor> projection; // (b, width) to (b, projection)
    private final int end;

    private ClipTextEncoder(Config config, Weights weights, @Nullable Linear projection) {
        int width = config.integer("hidden_size");
        this.table = weights.get("embeddings.token_embedding.weight", config.integer("vocab_size"), width);
        this.positions = weights.get(
                "embeddings.position_embedding.weight", config.integer("max_position_embeddings", 77), width);
        this.layers = new ArrayList<>();
        for (int i = 0; i < config.integer("num_hidden_layers"); i++) {
            Weights layer = weights.at("encoder.layers").at(i);
            layers.add(PreNormLayer.of(config, layer));
            parameters.add(layer.usedHere());
        }
        this.finalNorm = PreNormLayer.norm(config, weights.at("final_layer_norm"));
        this.projection = projection == null ? null : projection::apply;
        this.end = config.integer("eos_token_id", LEGACY_END);
    }

    /**
     * An encoder as a pipeline's {@code text_encoder} folder holds it; with the projection if {@code architectures}
     * names {@code CLIPTextModelWithProjection}.
     */
    public static ClipTextEncoder of(Config config, Weights weights) {
        boolean projected =
                config.has("architectures") && config.texts("architectures").contains("CLIPTextModelWithProjection");
        return projected
                ? of(config, weights, config.integer("projection_dim"))
                : new ClipTextEncoder(config, weights.at("text_model"), null);
    }

    /** An encoder with a projection to {@code width}, such as the text half of a whole CLIP. */
    public static ClipTextEncoder of(Config config, Weights weights, int width) {
        return new ClipTextEncoder(
                config,
                weights.at("text_model"),
                Linear.withoutBias(weights.at("text_projection"), config.integer("hidden_size"), width));
    }

    private ClipTextEncoder(ClipTextEncoder other, UnaryOperator<Tensor> projection) {
        this.table = other.table;
        this.positions = other.positions;
        this.layers = other.layers;
        this.parameters.addAll(other.parameters);
        this.finalNorm = other.finalNorm;
        this.projection = projection;
        this.end = other.end;
    }

    /** Whether it has a projection into the space that texts share with pictures. */
    public boolean isProjected() {
        return projection != null;
    }

    /**
     * The same encoder, whose pooled state stands for the projection that it does not have: a space of texts alone, such as
     * that of Stable Diffusion 1.x and 2.x.
     *
     * @throws IllegalStateException if it has one
     */
    public ClipTextEncoder unprojected() {
        if (isProjected()) {
            throw new IllegalStateException("this text encoder has a projection");
        }
        return new ClipTextEncoder(this, pooled -> pooled);
    }

    /** The number of ids that the frozen table knows. */
    public long vocabularySize() {
        return table.size(0);
    }

    /** The width of a token's embedding, which is that of every output. */
    public long width() {
        return table.size(1);
    }

    /** The most tokens a prompt may have. */
    public int maxTokens() {
        return (int) positions.size(0);
    }

    /** The frozen embeddings of the vocabulary: (vocabulary, width). */
    public Tensor tokenTable() {
        return table;
    }

    /**
     * Encodes prompts that may hold words of {@code lexicon}.
     *
     * @param prompts tokenised with the same lexicon, all to one length
     * @throws IllegalArgumentException if a word has another width than this encoder
     */
    public TextEncoding encode(List<TokenIds> prompts, Lexicon lexicon) {
        return encode(prompts, lexicon, Segments.KEPT);
    }

    /**
     * The same.
     *
     * @param segments how layers are run
     */
    public TextEncoding encode(List<TokenIds> prompts, Lexicon lexicon, Segments segments) {
        lexicon.requireWidth(width());
        int length = prompts.get(0).ids().length;
        long[] ids = new long[prompts.size() * length];
        for (int i = 0; i < prompts.size(); i++) {
            TokenIds prompt = prompts.get(i);
            long[] row = prompt.ids();
            for (int j = 0; j < length; j++) {
                // a table may have spare rows behind the vocabulary; learned words come after those
                boolean learned = row[j] >= prompt.learnedFrom();
                ids[i * length + j] = learned ? row[j] - prompt.learnedFrom() + vocabularySize() : row[j];
            }
        }
        Tensor all = Tensor.of(ids, prompts.size(), length).to(table.device());
        return encodeEmbeddings(embeddings(all, lexicon.table().orElse(null)), all, null, segments);
    }

    /**
     * Encodes ids.
     *
     * @param ids (b, tokens), int64
     * @param learned (n, width): the embeddings of the ids from {@link #vocabularySize()} on; null if there are none
     * @param mask (b, tokens), 1 for a token and 0 for padding that must not be looked at; null to look at all, as
     *     Stable Diffusion does
     */
    public TextEncoding encode(Tensor ids, @Nullable Tensor learned, @Nullable Tensor mask) {
        return encodeEmbeddings(embeddings(ids, learned), ids, mask);
    }

    /** The embeddings of ids, before the positions are added: (b, tokens) to (b, tokens, width). */
    public Tensor embeddings(Tensor ids, @Nullable Tensor learned) {
        if (learned == null) {
            return Functional.embedding(table, ids);
        }
        Tensor isLearned = isLearned(ids);
        Tensor first = Tensor.of(new long[] {vocabularySize()}, 1).to(ids.device());
        Tensor ordinary = ids.zerosLike().where(isLearned, ids);
        Tensor own = ids.minus(first).where(isLearned, ids.zerosLike());
        return Functional.embedding(learned.to(table.dtype()), own)
                .where(isLearned.unsqueeze(-1), Functional.embedding(table, ordinary)); // (b, tokens, width)
    }

    /**
     * Encodes token embeddings that did not all come from ids.
     *
     * @param embedded (b, tokens, width)
     * @param ids (b, tokens): only the place of the end token is read from them
     * @param mask as in {@link #encode(Tensor, Tensor, Tensor)}
     */
    public TextEncoding encodeEmbeddings(Tensor embedded, Tensor ids, @Nullable Tensor mask) {
        return encodeEmbeddings(embedded, ids, mask, Segments.KEPT);
    }

    private TextEncoding encodeEmbeddings(Tensor embedded, Tensor ids, @Nullable Tensor mask, Segments segments) {
        long tokens = embedded.size(1);
        if (tokens > maxTokens()) {
            throw new IllegalArgumentException("prompts of " + tokens + " tokens do not fit a text encoder of "
                    + maxTokens() + " positions; tokenise them to that length");
        }
        Tensor allowed = AttentionMask.causal(tokens, mask, embedded);
        List<Tensor> hidden = new ArrayList<>();
        Tensor x = embedded.plus(positions.narrow(0, 0, tokens)); // (b, tokens, width)
        hidden.add(x);
        for (int i = 0; i < layers.size(); i++) {
            PreNormLayer layer = layers.get(i);
            x = segments.run(List.of(x), parameters.get(i), in -> List.of(layer.apply(in.get(0), allowed)))
                    .get(0);
            hidden.add(x);
        }
        Tensor last = finalNorm.apply(x);
        Tensor pooled = atEnd(last, ids); // (b, width)
        return new TextEncoding(
                hidden, last, pooled, projection == null ? Optional.empty() : Optional.of(projection.apply(pooled)));
    }

    /**
     * What each layer holds in a training step.
     *
     * @param tokens of a prompt
     * @param moving whether the encoder moves, and not only words
     */
    public List<Footprint> footprint(int tokens, boolean moving) {
        List<Footprint> blocks = new ArrayList<>();
        long states = width() * tokens;
        blocks.add(new Footprint(4 * states, 0, 0, 0)); // embeddings of two tables, the chosen ones, with positions
        for (int i = 0; i < layers.size(); i++) {
            long numbers =
                    parameters.get(i).stream().mapToLong(Tensor::elements).sum();
            blocks.add(layers.get(i).footprint(tokens, moving, moving ? numbers : 0));
        }
        return blocks;
    }

    /** The final norm applied to an earlier hidden state: what Stable Diffusion 2.x was trained on. */
    public Tensor normed(Tensor hidden) {
        return finalNorm.apply(hidden);
    }

    private Tensor isLearned(Tensor ids) {
        return ids.greater((double) vocabularySize() - 1);
    }

    /**
     * The row at the first end token. Old configurations give the id 2, which is not the end token: then it is the
     * vocabulary's largest id. Learned words have larger ids and are left out of that search.
     */
    private Tensor atEnd(Tensor last, Tensor ids) {
        Tensor found = end == LEGACY_END
                ? ids.zerosLike().where(isLearned(ids), ids)
                : ids.equal(end).to(ids.dtype());
        Tensor place = found.argmax(1).reshape(-1, 1, 1).expand(-1, 1, last.size(2)); // (b, 1, width)
        return last.gather(1, place).squeeze(1);
    }
}
