package dev.hapax.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.text.PretrainedTokenizer;
import dev.hapax.text.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code tokenizer-toys/expected.json}: WordPiece and unigram tokenizers on strings of every kind. */
final class PretrainedTokenizerGolden implements GoldenCheck {
    private static final int SHORT = 8; // the length that ids_max8 is cut or filled up to

    @Override
    public boolean covers(Path root, Path file) {
        return root.relativize(file).equals(Path.of("tokenizer-toys", "expected.json"));
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        report.leftOut("tokens as texts: the ids say the same");
        JsonNode all = new ObjectMapper().readTree(file.toFile());
        for (String name : List.of("bert", "t5")) {
            try (PretrainedTokenizer tokenizer = PretrainedTokenizer.open(file.resolveSibling(name))) {
                strings(name, tokenizer, all.get(name), report);
                for (JsonNode pair : all.get(name).path("pairs")) {
                    String first = pair.get("a").textValue();
                    TokenSequence tokens = tokenizer.encode(first, pair.get("b").textValue());
                    report.exact(name + ": pair ids of " + first, tokens.ids(), longs(pair.get("ids")));
                    report.exact(name + ": segments of " + first, tokens.segments(), longs(pair.get("token_type_ids")));
                }
            }
        }
    }

    private static void strings(String name, PretrainedTokenizer tokenizer, JsonNode toy, GoldenReport report) {
        for (JsonNode row : toy.get("strings")) {
            String text = row.get("text").textValue();
            TokenSequence tokens = tokenizer.encode(text);
            String what = name + ": \"" + text + "\" ";
            report.exact(what + "ids", tokens.ids(), longs(row.get("ids")));
            long[] cut = Arrays.copyOf(tokens.truncated(SHORT).ids(), SHORT); // both toys pad with 0
            report.exact(what + "cut", cut, longs(row.get("ids_max8")));
            String decoded = tokenizer.decode(tokens.ids());
            String expected = row.get("decoded").textValue();
            report.exact(
                    what + "decoded \"" + decoded + "\", reference \"" + expected + "\"",
                    new long[] {decoded.equals(expected) ? 1 : 0},
                    new long[] {1});
        }
    }

    private static long[] longs(JsonNode list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).longValue();
        }
        return values;
    }
}
