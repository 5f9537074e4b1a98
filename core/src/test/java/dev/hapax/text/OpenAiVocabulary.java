package dev.hapax.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Makes the files of a tokenizer folder out of the merges that OpenAI published with CLIP. */
public final class OpenAiVocabulary {
    private static final int MERGES = 49152 - 256 - 2;

    private OpenAiVocabulary() {}

    /** Writes vocab.json and merges.txt. */
    public static void write(Path folder) throws IOException {
        write(folder, MERGES);
    }

    /** Writes the two files with only so many merges, which open faster. */
    public static void write(Path folder, int count) throws IOException {
        List<String> merges = merges(count);
        Map<String, Integer> ids = new LinkedHashMap<>();
        List<String> letters = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            if ((b > 0x20 && b < 0x7F) || (b > 0xA0 && b != 0xAD)) {
                letters.add(String.valueOf((char) b));
            }
        }
        for (char c = 0x100; letters.size() < 256; c++) {
            letters.add(String.valueOf(c));
        }
        letters.forEach(letter -> ids.put(letter, ids.size()));
        letters.forEach(letter -> ids.put(letter + "</w>", ids.size()));
        merges.forEach(pair -> ids.put(pair.replace(" ", ""), ids.size()));
        ids.put("<|startoftext|>", ids.size());
        ids.put("<|endoftext|>", ids.size());
        new ObjectMapper().writeValue(folder.resolve("vocab.json").toFile(), ids);
        Files.write(folder.resolve("merges.txt"), merges);
    }

    private static List<String> merges(int count) throws IOException {
        InputStream packed = Objects.requireNonNull(
                OpenAiVocabulary.class.getResourceAsStream("/clip/bpe_simple_vocab_16e6.txt.gz"));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).limit(count).toList();
        }
    }

    /** Removes such a folder again. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
