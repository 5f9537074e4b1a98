package dev.hapax.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.hapax.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * CLIP's byte-pair tokenizer (Radford et al. 2021, section 2.4), built from a checkpoint's own files. Its ids are those
 * of transformers' {@code CLIPTokenizerFast}, which differ from OpenAI's original on curly quotes, full-width letters,
 * HTML entities, ligatures and control characters (the original cleans these away first).
 *
 * <p>Learned words are taken out of the prompt before the byte-pair merges and get the ids after the vocabulary, one
 * for each of their vectors. The longest word wins where two could stand; a word that begins or ends with a letter or
 * digit is not found inside a longer run of them. Upper and lower case differ in learned words only.
 */
public final class Tokenizer implements AutoCloseable {
    private static final int CLIP_LENGTH = 77; // Radford et al. 2021, section 2.4: the context of every released CLIP

    private final HuggingFaceTokenizer merger;
    private final int size;
    private final ByteText bytes;
    private final int begin;
    private final int end;
    private final int padding;
    private final int length;

    private Tokenizer(ClipVocabulary vocabulary, SpecialTokens special, int length) {
        this.size = vocabulary.size();
        this.bytes = ByteText.of(vocabulary);
        this.begin = vocabulary.idOf(special.begin());
        this.end = vocabulary.idOf(special.end());
        this.padding = vocabulary.idOf(special.padding());
        this.length = length;
        byte[] json = vocabulary.toTokenizerJson(special).getBytes(StandardCharsets.UTF_8);
        try {
            this.merger = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new CheckpointException(
                    "the tokenizer's vocabulary and merges do not fit each other: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a tokenizer's folder: {@code vocab.json} and {@code merges.txt} (or {@code tokenizer.json}), {@code
     * special_tokens_map.json}, {@code tokenizer_config.json}. Prompts get the length of the configuration, else 77.
     *
     * @throws CheckpointException if files are missing or do not fit each other
     */
    public static Tokenizer open(Path folder) {
        SpecialTokens special = SpecialTokens.read(folder);
        return new Tokenizer(
                ClipVocabulary.read(folder), special, special.length() > 0 ? special.length() : CLIP_LENGTH);
    }

    /**
     * Reads a tokenizer's folder for a text encoder with this many positions ({@code max_position_embeddings}), which
     * also bounds the length of prompts.
     */
    public static Tokenizer open(Path folder, int positions) {
        SpecialTokens special = SpecialTokens.read(folder);
        int length = special.length() > 0 ? Math.min(special.length(), positions) : positions;
        return new Tokenizer(ClipVocabulary.read(folder), special, length);
    }

    /** The length that every prompt is brought to. */
    public int length() {
        return length;
    }

    /** The number of ids of the vocabulary; learned words have the ids from here on. */
    public int vocabularySize() {
        return size;
    }

    /** Tokens of a prompt without learned words. */
    public TokenIds encode(String prompt) {
        return encode(prompt, Lexicon.empty());
    }

    /**
     * Tokens of a prompt that may hold words of {@code lexicon}.
     *
     * @throws IllegalArgumentException if it holds a learned word that is also a word of the vocabulary, or that has
     *     other vectors at each site
     */
    public TokenIds encode(String prompt, Lexicon lexicon) {
        return encode(prompt, lexicon, lexicon::firstRow);
    }

    /** The same, with those vectors of the words that are read at a site. */
    public TokenIds encode(String prompt, Lexicon lexicon, Site site) {
        return encode(prompt, lexicon, word -> lexicon.firstRow(word, site));
    }

    private TokenIds encode(String prompt, Lexicon lexicon, ToIntFunction<String> firstRow) {
        List<Long> ids = new ArrayList<>(List.of((long) begin));
        List<TokenIds.Span> spans = new ArrayList<>(List.of(new TokenIds.Span(0, 0)));
        for (Placeholders.Piece piece : Placeholders.split(prompt, lexicon.words())) {
            if (piece.word()) {
                requireNew(piece.text());
                int first = size + firstRow.applyAsInt(piece.text());
                for (int i = 0; i < lexicon.vectors(piece.text()); i++) {
                    ids.add((long) first + i);
                    spans.add(new TokenIds.Span(
                            piece.start(), piece.start() + piece.text().length()));
                }
            } else {
                addText(piece, ids, spans);
            }
        }
        int count = Math.min(ids.size(), length - 1);
        int whole = count < ids.size() ? spans.get(count).start() : prompt.length();
        long[] all = new long[length];
        Arrays.fill(all, padding);
        for (int i = 0; i < count; i++) {
            all[i] = ids.get(i);
        }
        all[count] = end;
        List<TokenIds.Span> kept = new ArrayList<>(spans.subList(0, count));
        kept.add(new TokenIds.Span(prompt.length(), prompt.length()));
        return new TokenIds(prompt, all, count + 1, kept, whole, size);
    }

    private void addText(Placeholders.Piece piece, List<Long> ids, List<TokenIds.Span> spans) {
        String text = piece.text();
        Encoding encoding = merger.encode(text, false, false);
        CharSpan[] places = encoding.getCharTokenSpans();
        long[] textIds = encoding.getIds();
        for (int i = 0; i < places.length; i++) {
            ids.add(textIds[i]);
            // the library counts code points
            int start = text.offsetByCodePoints(0, places[i].getStart());
            int stop = text.offsetByCodePoints(0, places[i].getEnd());
            spans.add(new TokenIds.Span(piece.start() + start, piece.start() + stop));
        }
    }

    /** The id of a text that is one token, such as a common word; empty if it takes several. */
    public OptionalInt idOf(String text) {
        long[] ids = merger.encode(text, false, false).getIds();
        return ids.length == 1 ? OptionalInt.of((int) ids[0]) : OptionalInt.empty();
    }

    /**
     * Checks that a word to be learned is none that the model knows.
     *
     * @throws IllegalArgumentException if it is a token of the vocabulary
     */
    public void requireNew(String word) {
        OptionalInt id = idOf(word);
        if (id.isPresent()) {
            throw new IllegalArgumentException("\"" + word + "\" is already token " + id.getAsInt()
                    + " of the vocabulary; give the learned word another name, for example <" + word + "-1>");
        }
    }

    /** The text of these ids, without the frame and the padding; words are separated by one space. */
    public String decode(long... ids) {
        return decode(Lexicon.empty(), ids);
    }

    /** The text of these ids, which may belong to words of {@code lexicon}. */
    public String decode(Lexicon lexicon, long... ids) {
        StringBuilder text = new StringBuilder();
        List<Long> run = new ArrayList<>();
        for (long id : ids) {
            if (id >= size) {
                text.append(bytes.text(run));
                run.clear();
                lexicon.beginningAt(id - size)
                        .ifPresent(word -> text.append(word).append(' '));
            } else if (id != begin && id != end && id != padding) {
                run.add(id);
            }
        }
        return text.append(bytes.text(run)).toString().strip();
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        merger.close();
    }
}
