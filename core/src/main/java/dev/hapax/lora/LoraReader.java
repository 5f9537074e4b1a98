package dev.hapax.lora;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.NearestName;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts the tensors of one file together to the changes of modules. */
final class LoraReader {
    private static final String SETTINGS = "lora_adapter_metadata"; // diffusers: PEFT's settings of each part, as JSON

    private record Place(String part, String module, boolean joined) {}

    private record Found(LoraNaming naming, String name) {}

    private final SafetensorsFile file;
    private final LoraSource source;
    private final Map<Place, Map<LoraKey.Role, Found>> modules = new LinkedHashMap<>();
    private final Map<String, Optional<PeftSettings>> settings = new HashMap<>();

    private LoraReader(SafetensorsFile file, LoraSource source) {
        this.file = file;
        this.source = source;
    }

    /**
     * Reads the changes in a file; their tensors live until it is closed.
     *
     * @throws CheckpointException if a tensor is no part of a LoRA, or one that belongs to it is missing
     */
    static List<LoraEntry> read(SafetensorsFile file, LoraSource source) {
        LoraReader reader = new LoraReader(file, source);
        reader.sort();
        List<LoraEntry> entries = new ArrayList<>();
        reader.modules.forEach((place, tensors) -> entries.add(reader.entry(place, tensors)));
        return entries;
    }

    private void sort() {
        Set<String> known = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : file.names()) {
            Optional<LoraKey> parsed = LoraKey.parse(name, source.part());
            if (parsed.isEmpty()) {
                unknown.add(name);
                continue;
            }
            known.add(name);
            LoraKey key = parsed.get();
            Found other = modules.computeIfAbsent(
                            new Place(key.part(), key.module(), key.joined()),
                            place -> new EnumMap<>(LoraKey.Role.class))
                    .put(key.role(), new Found(key.naming(), name));
            if (other != null) {
                throw new CheckpointException(
                        file.path() + ": " + other.name() + " and " + name + " are the same; keep one");
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown, known);
        }
        if (modules.isEmpty()) {
            throw new CheckpointException(file.path() + " holds no tensors");
        }
    }

    private CheckpointException unknown(List<String> unknown, Set<String> known) {
        String count = unknown.size() + " of " + file.names().size() + " tensors";
        for (String name : unknown) {
            Optional<String> kind = OtherAdapter.of(name);
            if (kind.isPresent()) {
                return new CheckpointException(file.path() + ": " + name + " belongs to " + kind.get()
                        + ", which is not read; only plain LoRA is (" + count + " are not)");
            }
        }
        String first = unknown.get(0);
        return known.isEmpty()
                ? new CheckpointException(file.path() + " is no LoRA: none of its "
                        + file.names().size() + " tensors is named like a part of one, the first is " + first)
                : new CheckpointException(file.path() + ": " + count + " are not named like parts of a LoRA, the first"
                        + " is " + first + NearestName.hint(first, known));
    }

    private LoraEntry entry(Place place, Map<LoraKey.Role, Found> tensors) {
        Found down = tensors.get(LoraKey.Role.DOWN);
        Found up = tensors.get(LoraKey.Role.UP);
        if (down == null || up == null) {
            throw new CheckpointException(
                    file.path() + ": " + tensors.values().iterator().next().name() + " lacks its "
                            + (down == null ? "down (lora_A)" : "up (lora_B)") + " factor; the file is not whole");
        }
        try {
            LoraFactors factors = factors(place, down, up, Optional.ofNullable(tensors.get(LoraKey.Role.ALPHA)));
            return new LoraEntry(place.part(), place.module(), place.joined(), down.naming(), tensors.size(), factors);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file.path() + ": " + down.name() + ": " + e.getMessage(), e);
        }
    }

    /** With the alpha in the file, else the configured one, else the rank; 0 stands for the rank as well (kohya). */
    private LoraFactors factors(Place place, Found down, Found up, Optional<Found> alpha) {
        LoraFactors plain = LoraFactors.of(floating(down.name()), floating(up.name()));
        if (alpha.isPresent()) {
            double stored = file.tensor(alpha.get().name()).item(); // an integer in files that kohya's svd_merge wrote
            return stored == 0 ? plain : new LoraFactors(plain.down(), plain.up(), stored, false);
        }
        return settings.computeIfAbsent(place.part(), this::settings)
                .map(peft -> new LoraFactors(
                        plain.down(), plain.up(), peft.alphaOf(place.module(), plain.rank()), peft.rankStabilised()))
                .orElse(plain);
    }

    private Tensor floating(String name) {
        if (!file.dtype(name).isFloating()) {
            throw new CheckpointException(file.path() + ": " + name + " must be floating-point, it is "
                    + file.dtype(name).safetensorsName());
        }
        return file.tensor(name);
    }

    private Optional<PeftSettings> settings(String part) {
        if (source.config().isPresent()) {
            return source.settings();
        }
        String text = file.metadata().get(SETTINGS);
        if (text == null) {
            return Optional.empty();
        }
        String origin = file.path() + ": " + SETTINGS;
        String prefix = part + ".";
        Map<String, Object> own = Config.parse(origin, text).json().properties().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(prefix.length()),
                        Map.Entry::getValue,
                        (one, two) -> one,
                        TreeMap::new));
        return own.isEmpty() ? Optional.empty() : Optional.of(PeftSettings.of(Config.of(origin, own)));
    }
}
