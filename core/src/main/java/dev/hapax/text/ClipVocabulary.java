package dev.hapax.text;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The byte-pair vocabulary of CLIP (Radford et al. 2021): tokens and their ids, and the pairs to merge, first to last.
 *
 * @param ids the id of each token; tokens that end a word carry {@code </w>}
 * @param merges pairs as two tokens with a space between
 * @param added whole texts that are one token wherever they stand, and their ids; somebody put them in after training
 */
record ClipVocabulary(Map<String, Integer> ids, List<String> merges, Map<String, Integer> added) {
    private static final ObjectMapper JSON = new ObjectMapper();
    // the rules of transformers' CLIP tokenizer
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    ClipVocabulary {
        ids = Map.copyOf(ids);
        merges = List.copyOf(merges);
        added = Map.copyOf(added);
    }

    /**
     * Reads {@code vocab.json} and {@code merges.txt}, or in their place {@code tokenizer.json}; and added tokens, which
     * stand in {@code added_tokens.json} or {@code tokenizer_config.json}.
     */
    static ClipVocabulary read(Path folder) {
        Path vocabulary = folder.resolve("vocab.json");
        Path merges = folder.resolve("merges.txt");
        Path whole = folder.resolve("tokenizer.json");
        try {
            if (Files.isRegularFile(vocabulary) && Files.isRegularFile(merges)) {
                List<String> lines = Files.readAllLines(merges).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                        .toList();
                return new ClipVocabulary(idsOf(Config.read(vocabulary).json()), lines, added(folder));
            }
            if (Files.isRegularFile(whole)) {
                Config model = Config.read(whole).object("model");
                return new ClipVocabulary(idsOf(model.object("vocab").json()), pairs(model), added(folder));
            }
        } catch (IOException e) {
            throw new CheckpointException(merges + " cannot be read: " + e.getMessage(), e);
        }
        throw new CheckpointException(
                folder + " has no vocabulary: expected vocab.json and merges.txt, or tokenizer.json");
    }

    private static Map<String, Integer> idsOf(ObjectNode node) {
        return JSON.convertValue(node, new TypeReference<Map<String, Integer>>() {});
    }

    private static Map<String, Integer> added(Path folder) {
        Map<String, Integer> added = new TreeMap<>();
        Path older = folder.resolve("added_tokens.json");
        if (Files.isRegularFile(older)) {
            added.putAll(idsOf(Config.read(older).json()));
        }
        Path newer = folder.resolve("tokenizer_config.json");
        if (Files.isRegularFile(newer)) {
            Config.read(newer)
                    .json()
                    .path("added_tokens_decoder")
                    .properties()
                    .forEach(token ->
                            added.put(token.getValue().path("content").asText(), Integer.valueOf(token.getKey())));
        }
        return added;
    }

    /** Pairs are texts {@code "a b"} in older files, lists {@code ["a", "b"]} in newer ones. */
    private static List<String> pairs(Config model) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode pair : model.json().path("merges")) {
            pairs.add(
                    pair.isTextual()
                            ? pair.textValue()
                            : pair.path(0).asText() + " " + pair.path(1).asText());
        }
        return pairs;
    }

    /** The number of ids: one more than the largest. */
    int size() {
        return Stream.concat(ids.values().stream(), added.values().stream())
                        .mapToInt(id -> id)
                        .max()
                        .orElse(-1)
                + 1;
    }

    /**
     * The id of a special token.
     *
     * @throws CheckpointException if the vocabulary lacks it
     */
    int idOf(String token) {
        Integer id = ids.getOrDefault(token, added.get(token));
        if (id == null) {
            throw new CheckpointException("the tokenizer's vocabulary has no token \"" + token
                    + "\", which its special tokens name; do its files belong together?");
        }
        return id;
    }

    /** The description that the tokenizers library reads: CLIP's rules around this vocabulary. */
    String toTokenizerJson(SpecialTokens special) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        Map<String, Integer> whole = new TreeMap<>(added);
        for (String token : List.of(special.begin(), special.end(), special.padding())) {
            whole.put(token, idOf(token));
        }
        ArrayNode list = root.putArray("added_tokens");
        // the library wants them in the order of their ids
        whole.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(token -> list.addObject()
                        .put("id", token.getValue())
                        .put("content", token.getKey())
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", true)
                        .put("special", true));
        ArrayNode normalizers =
                root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        normalizers.addObject().put("type", "NFC");
        normalizers
                .addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("Regex", "\\s+");
        normalizers.addObject().put("type", "Lowercase");
        ArrayNode splits =
                root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        splits.addObject()
                .put("type", "Split")
                .put("behavior", "Removed")
                .put("invert", true)
                .putObject("pattern")
                .put("Regex", WORDS);
        splits.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.put("unk_token", special.end())
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>");
        model.set("vocab", JSON.valueToTree(ids));
        model.set("merges", JSON.valueToTree(merges));
        return root.toString();
    }
}
