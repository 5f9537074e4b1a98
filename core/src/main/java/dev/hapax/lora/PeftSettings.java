package dev.hapax.lora;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The scale of each module by the rules of PEFT's {@code adapter_config.json}: one alpha for all, and exceptions by
 * regular expressions that match the end of a module's name.
 *
 * @param origin the file, for messages
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}
 * @param ranks {@code rank_pattern}
 * @param alphas {@code alpha_pattern}; the first that matches holds
 * @param rankStabilised {@code use_rslora}
 */
record PeftSettings(
        String origin,
        int rank,
        double alpha,
        Map<Pattern, Double> ranks,
        Map<Pattern, Double> alphas,
        boolean rankStabilised) {

    /**
     * Reads a configuration, of which only what changes the arithmetic counts.
     *
     * @throws CheckpointException if it describes something other than a plain LoRA
     */
    static PeftSettings of(Config config) {
        String type = config.text("peft_type", "LORA");
        if (!type.equals("LORA")) {
            throw new CheckpointException(
                    config.origin() + ": \"peft_type\": " + type + " is not supported, only LORA");
        }
        for (String flag : new String[] {"use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"}) {
            if (config.flag(flag, false)) {
                throw new CheckpointException(config.origin() + ": \"" + flag + "\": true is not supported");
            }
        }
        if (config.has("layer_replication")) {
            throw new CheckpointException(config.origin() + ": \"layer_replication\" is not supported");
        }
        return new PeftSettings(
                config.origin(),
                config.integer("r"),
                config.number("lora_alpha"),
                patterns(config, "rank_pattern"),
                patterns(config, "alpha_pattern"),
                config.flag("use_rslora", false));
    }

    private static Map<Pattern, Double> patterns(Config config, String key) {
        Map<Pattern, Double> patterns = new LinkedHashMap<>();
        if (config.has(key)) {
            for (Map.Entry<String, JsonNode> entry : config.object(key).json().properties()) {
                try {
                    Pattern end = Pattern.compile("(?:.*\\.)?(?:" + entry.getKey() + ")");
                    patterns.put(end, entry.getValue().asDouble());
                } catch (PatternSyntaxException e) {
                    throw new CheckpointException(
                            config.origin() + ": \"" + key + "\": " + entry.getKey() + " is no regular expression", e);
                }
            }
        }
        return patterns;
    }

    /**
     * The alpha of a module.
     *
     * @param actual the rank that its factors have
     * @throws CheckpointException if that is not the configured one
     */
    double alphaOf(String module, long actual) {
        double expected = first(ranks, module, rank);
        if (expected != actual) {
            throw new CheckpointException(origin + " gives " + module + " the rank " + (long) expected
                    + ", its factors have " + actual + "; do the two files belong together?");
        }
        return first(alphas, module, alpha);
    }

    private static double first(Map<Pattern, Double> patterns, String module, double otherwise) {
        return patterns.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(module).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
