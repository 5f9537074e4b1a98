package dev.hapax.lora;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a LoRA is, as far as its files tell.
 *
 * @param path the file or folder
 * @param naming how its tensors are named; several where diffusers mixes its own naming with PEFT's
 * @param tensors how many there are
 * @param modules how many modules it changes in each part
 * @param targets which modules within a block, such as {@code attn2.to_k}
 * @param ranks all ranks that occur
 * @param alphas all alphas that occur; where none is given, the rank
 * @param scales all scales that occur
 * @param family which models it was made for, if its shapes tell
 * @param hash SHA-256 of its files ({@link LoraFile#hash()})
 * @param metadata the texts that it carries
 */
public record LoraSummary(
        Path path,
        Set<LoraNaming> naming,
        int tensors,
        Map<String, Integer> modules,
        Set<String> targets,
        Set<Long> ranks,
        Set<Double> alphas,
        Set<Double> scales,
        Optional<String> family,
        String hash,
        Map<String, String> metadata) {
    private static final Pattern IN_BLOCK =
            Pattern.compile(".*(?:transformer_blocks|layers|attentions|resnets|samplers)[._]\\d+[._](.+)");

    /**
     * Looks at a LoRA.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if it is none, or damaged
     */
    public static LoraSummary of(Path path) {
        try (LoraFile file = LoraFile.open(path)) {
            List<LoraEntry> entries = file.entries();
            Map<String, Integer> modules = new TreeMap<>();
            entries.forEach(entry -> modules.merge(entry.part(), 1, Integer::sum));
            return new LoraSummary(
                    path,
                    sorted(entries.stream().map(LoraEntry::naming).toList()),
                    file.tensors(),
                    modules,
                    sorted(entries.stream().map(entry -> target(entry.module())).toList()),
                    sorted(entries.stream().map(entry -> entry.factors().rank()).toList()),
                    sorted(entries.stream()
                            .map(entry -> entry.factors().alpha())
                            .toList()),
                    sorted(entries.stream()
                            .map(entry -> entry.factors().scale())
                            .toList()),
                    file.family(),
                    file.hash(),
                    file.metadata());
        }
    }

    private static <T> Set<T> sorted(Collection<T> values) {
        return new TreeSet<>(values);
    }

    private static String target(String module) {
        Matcher matcher = IN_BLOCK.matcher(module);
        return matcher.matches() ? matcher.group(1) : module;
    }
}
