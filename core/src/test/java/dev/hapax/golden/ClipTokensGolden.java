package dev.hapax.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.text.OpenAiVocabulary;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code clip-tokens.json}: ids of CLIP's real vocabulary, as the fast tokenizer gives them. */
final class ClipTokensGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().equals("clip-tokens.json");
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        Path folder = Files.createTempDirectory("clip-vocabulary");
        OpenAiVocabulary.write(folder);
        try (Tokenizer tokenizer = Tokenizer.open(folder);
                Tokenizer unbounded = Tokenizer.open(folder, 1000)) {
            for (JsonNode row : new ObjectMapper().readTree(file.toFile()).get("rows")) {
                String prompt = row.get("prompt").textValue();
                TokenIds whole = unbounded.encode(prompt);
                long[] framed = Arrays.copyOf(whole.ids(), whole.length());
                report.exact(
                        "\"" + prompt + "\"",
                        Arrays.copyOfRange(framed, 1, framed.length - 1),
                        longs(row.has("hf_fast") ? row.get("hf_fast") : row.get("openai")));
                if (row.has("ids77")) {
                    report.exact(
                            "77 of \"" + prompt + "\"", tokenizer.encode(prompt).ids(), longs(row.get("ids77")));
                }
            }
        } finally {
            OpenAiVocabulary.delete(folder);
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
