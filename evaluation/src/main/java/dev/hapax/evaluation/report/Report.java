package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Claim;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures of an evaluation.
 *
 * @param title one line
 * @param lead what was asked and how, in a sentence or two
 * @param claims with distinct names, may be empty
 * @param tables with distinct names
 * @param curves with distinct names, may be empty
 * @param run what was run: everything that is needed to repeat it, with hashes, in the order in which it is shown
 */
public record Report(
        String title,
        String lead,
        List<Claim> claims,
        List<Table> tables,
        List<Curves> curves,
        Map<String, String> run) {
    /** Keeps copies and checks that names are distinct. */
    public Report {
        claims = List.copyOf(claims);
        tables = List.copyOf(tables);
        curves = List.copyOf(curves);
        run = Collections.unmodifiableMap(new LinkedHashMap<>(run));
        requireDistinct("claims", claims.stream().map(Claim::name).toList());
        requireDistinct("tables", tables.stream().map(Table::name).toList());
        requireDistinct("curves", curves.stream().map(Curves::name).toList());
    }

    static void requireDistinct(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "two " + what + " are called " + name + "; give each a name of its own");
            }
        }
    }
}
