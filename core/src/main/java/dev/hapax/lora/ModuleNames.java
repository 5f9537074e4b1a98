package dev.hapax.lora;

import dev.hapax.checkpoint.LdmNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The modules of one part of a model, found by the names that files give them: the model's own, or joined by underscores
 * from it or from the name that the original latent diffusion code gives the module. Joined names are looked up, never
 * taken apart: an underscore may be a dot or none.
 */
final class ModuleNames {
    private static final String WEIGHT = ".weight";

    private final Set<String> dotted = new TreeSet<>();
    private final Map<String, String> joined = new TreeMap<>();

    /** The modules that these parameters belong to: those with a {@code weight}. */
    ModuleNames(Set<String> parameters) {
        for (String name : parameters) {
            if (name.endsWith(WEIGHT)) {
                dotted.add(name.substring(0, name.length() - WEIGHT.length()));
            }
        }
        LdmNames ldm = LdmNames.of(dotted);
        for (String module : dotted) {
            joined.put(module.replace('.', '_'), module);
            ldm.of(module).ifPresent(other -> joined.put(other.replace('.', '_'), module));
        }
    }

    /** The module that a file's entry names. */
    Optional<String> find(LoraEntry entry) {
        if (entry.joined()) {
            return Optional.ofNullable(joined.get(entry.module()));
        }
        return dotted.contains(entry.module()) ? Optional.of(entry.module()) : Optional.empty();
    }

    /** All names that could have been meant. */
    Set<String> spelledLike(LoraEntry entry) {
        return entry.joined() ? joined.keySet() : dotted;
    }
}
