package dev.hapax.run;

import dev.hapax.method.matte.MatteCells;
import dev.hapax.method.matte.MatteSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What P+, ProSpect and MATTE need beside words and pace; the other methods need none of it.
 *
 * @param matte how MATTE learns
 * @param cells of the user's own for MATTE; empty for the paper's, by depth
 * @param suffix of MATTE's four words, so that those of several pictures can stand in one prompt
 * @param vectors of each of them, at least 1
 * @param className ordinary noun of the object in MATTE's pictures; empty for none
 * @param colors MATTE's ordinary color words with their weights; empty to find them in the pictures
 * @param generator whether ProSpect learns a net that makes the vectors, as in the paper
 */
public record CellSettings(
        MatteSettings matte,
        Optional<MatteCells> cells,
        String suffix,
        int vectors,
        String className,
        Map<String, Double> colors,
        boolean generator) {
    /** MATTE as recommended, without a class; ProSpect's vectors directly. */
    public static final CellSettings DEFAULT =
            new CellSettings(MatteSettings.RECOMMENDED, Optional.empty(), "", 1, "", Map.of(), false);

    /** Keeps the order of the colors. */
    public CellSettings {
        colors = Collections.unmodifiableMap(new LinkedHashMap<>(colors));
        if (suffix.chars().anyMatch(each -> !Character.isLetterOrDigit(each) && each != '-')) {
            throw new IllegalArgumentException(
                    "the suffix of MATTE's words may have letters, digits and hyphens, got \"" + suffix + "\"");
        }
    }

    /** The same with the class of the object. */
    public CellSettings withClass(String noun) {
        return new CellSettings(matte, cells, suffix, vectors, noun, colors, generator);
    }
}
