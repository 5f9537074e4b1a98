package dev.hapax.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that frame a prompt, and the length it is brought to.
 *
 * @param begin stands before the prompt
 * @param end stands after the prompt
 * @param padding fills the rest: the end token in Stable Diffusion 1.x, {@code !} in 2.x
 * @param length tokens of every prompt, frame and padding included; 0 if the files do not say
 */
record SpecialTokens(String begin, String end, String padding, int length) {
    /** Reads {@code special_tokens_map.json} and {@code tokenizer_config.json}; what neither says is CLIP's default. */
    static SpecialTokens read(Path folder) {
        List<Config> files = List.of("special_tokens_map.json", "tokenizer_config.json").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .map(Config::read)
                .toList();
        String end = find(files, "eos_token").orElse("<|endoftext|>");
        return new SpecialTokens(
                find(files, "bos_token").orElse("<|startoftext|>"),
                end,
                find(files, "pad_token").orElse(end),
                files.stream().mapToInt(SpecialTokens::length).max().orElse(0));
    }

    private static Optional<String> find(List<Config> files, String key) {
        return files.stream()
                .filter(file -> file.has(key))
                .map(file -> file.json().get(key))
                .map(value -> value.isObject() ? value.path("content") : value)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }

    private static int length(Config file) {
        // a tokenizer without a limit says 1e30
        JsonNode value = file.json().path("model_max_length");
        return value.isNumber() && value.doubleValue() <= Integer.MAX_VALUE ? value.intValue() : 0;
    }
}
