package dev.hapax.vision.ask;

import dev.hapax.tensor.Tensor;
import java.util.List;

/** What BLIP-2 lets speak about a picture (Li et al. 2023, section 3.3). */
public sealed interface LanguageModel permits T5, Opt {

    /** The embeddings of tokens, in which a prompt is given: int64 (b, tokens) to (b, tokens, width). */
    Tensor embed(Tensor ids);

    /** The most tokens that prompt and answer may have together. */
    int maxTokens();

    /**
     * What it writes after a prompt, each token the most likely one.
     *
     * @param prompt (b, tokens, width)
     * @param mask (b, tokens), 1 for a token and 0 for padding
     * @param decoding until when
     */
    List<Written> write(Tensor prompt, Tensor mask, GreedyDecoding decoding);
}
