package dev.hapax.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A tokenizer as a checkpoint's {@code tokenizer.json} describes it: WordPiece of BERT, ViLT and BLIP, unigrams of T5 and
 * XLM-R, byte pairs of OPT. Its ids are those of transformers' fast tokenizers. It knows no learned words; {@link
 * Tokenizer} does.
 */
public final class PretrainedTokenizer implements AutoCloseable {
    /** The spaces that transformers takes out of a decoded text where a configuration asks for it, in this order. */
    private static final List<String> TIGHT =
            List.of(" .", " ?", " !", " ,", " ' ", " n't", " 'm", " 's", " 've", " 're");

    private final HuggingFaceTokenizer rules;
    private final boolean tightens;

    private PretrainedTokenizer(HuggingFaceTokenizer rules, boolean tightens) {
        this.rules = rules;
        this.tightens = tightens;
    }

    /**
     * Reads a folder's {@code tokenizer.json} and, if there is one, {@code tokenizer_config.json}.
     *
     * @throws CheckpointException if it is missing or damaged
     */
    public static PretrainedTokenizer open(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    file
                            + " is missing; make it with transformers: AutoTokenizer.from_pretrained(...).save_pretrained(...)");
        }
        Path config = folder.resolve("tokenizer_config.json");
        try {
            return new PretrainedTokenizer(
                    HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false")),
                    Files.isRegularFile(config) && Config.read(config).flag("clean_up_tokenization_spaces", false));
        } catch (IOException | RuntimeException e) {
            throw new CheckpointException(file + " is not a readable tokenizer: " + e.getMessage(), e);
        }
    }

    /** A text with the tokens that frame it. */
    public TokenSequence encode(String text) {
        return sequence(rules.encode(text, true, false));
    }

    /** Two texts with the tokens that frame and divide them; an empty second one counts as none. */
    public TokenSequence encode(String first, String second) {
        return second.isEmpty() ? encode(first) : sequence(rules.encode(first, second, true, false));
    }

    private static TokenSequence sequence(Encoding encoding) {
        long[] ids = encoding.getIds();
        long[] segments = encoding.getTypeIds();
        long[] frame = encoding.getSpecialTokenMask();
        List<TokenSequence.Token> tokens = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            tokens.add(new TokenSequence.Token(ids[i], (int) segments[i], frame[i] == 1));
        }
        return new TokenSequence(tokens);
    }

    /** The id of a text that is one token, such as {@code [SEP]}; empty if it takes several. */
    public OptionalLong idOf(String token) {
        long[] ids = rules.encode(token, false, false).getIds();
        return ids.length == 1 ? OptionalLong.of(ids[0]) : OptionalLong.empty();
    }

    /** The text of these ids, without tokens that only frame or fill up. */
    public String decode(long... ids) {
        String text = rules.decode(ids, true);
        if (tightens) {
            for (String spaced : TIGHT) {
                text = text.replace(spaced, spaced.strip());
            }
        }
        return text;
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        rules.close();
    }
}
