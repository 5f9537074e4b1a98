package dev.hapax.diffusion;

import dev.hapax.attention.TextContext;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Site;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.unet.AddedConditions;
import java.util.List;

/**
 * The two text encoders of Stable Diffusion XL (Podell et al. 2023, section 2.1): the U-Net reads the states before the
 * last layer of both, side by side, and the pooled text of the second.
 *
 * @param zeroWithoutNegative whether no negative prompt is zeros instead of an empty prompt: {@code
 *     force_zeros_for_empty_prompt}
 */
public record DualPromptEncoder(
        Tokenizer tokenizer,
        ClipTextEncoder encoder,
        Tokenizer tokenizer2,
        ClipTextEncoder encoder2,
        boolean zeroWithoutNegative)
        implements PromptEncoder {
    private static final int BEFORE_LAST = -2;

    @Override
    public int encoders() {
        return 2;
    }

    @Override
    public Condition encode(String prompt, List<Lexicon> words, ImageSize size) {
        Lexicon first = PromptEncoder.perEncoder(2, words).get(0);
        Lexicon second = PromptEncoder.perEncoder(2, words).get(1);
        return encode(List.of(tokenizer.encode(prompt, first), tokenizer2.encode(prompt, second)), words, size);
    }

    @Override
    public Condition encode(List<TokenIds> tokens, List<Lexicon> words, ImageSize size) {
        List<Lexicon> each = PromptEncoder.perEncoder(2, words);
        TextEncoding one = encoder.encode(List.of(tokens.get(0)), each.get(0));
        TextEncoding two = encoder2.encode(List.of(tokens.get(1)), each.get(1));
        Tensor text = Tensor.cat(List.of(one.hidden(BEFORE_LAST), two.hidden(BEFORE_LAST)), 2); // (1, tokens, w1 + w2)
        Tensor pooled = two.projected()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the second text encoder has no projection; SDXL needs CLIPTextModelWithProjection"));
        return new Condition(TextContext.of(text), new AddedConditions.TextTime(pooled, timeIds(size, pooled)));
    }

    /** Original size, crop, target size (Podell et al. 2023, section 2.2): an image that was neither scaled nor cut. */
    private static Tensor timeIds(ImageSize size, Tensor like) {
        float height = size.height();
        float width = size.width();
        return Tensor.of(new float[] {height, width, 0, 0, height, width}, 1, 6).to(like.device());
    }

    @Override
    public Condition encodeNegative(String prompt, List<Lexicon> words, ImageSize size) {
        Condition encoded = encode(prompt, words, size);
        if (!prompt.isEmpty()
                || !zeroWithoutNegative
                || !(encoded.added() instanceof AddedConditions.TextTime textTime)) {
            return encoded;
        }
        return new Condition(
                TextContext.of(encoded.text().at(0).zerosLike()),
                new AddedConditions.TextTime(textTime.pooledText().zerosLike(), textTime.timeIds()));
    }

    @Override
    public List<TokenIds> tokens(String prompt, List<Lexicon> words, Site site) {
        List<Lexicon> each = PromptEncoder.perEncoder(2, words);
        return List.of(tokenizer.encode(prompt, each.get(0), site), tokenizer2.encode(prompt, each.get(1), site));
    }
}
