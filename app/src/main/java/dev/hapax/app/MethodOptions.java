package dev.hapax.app;

import dev.hapax.run.MethodName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options of {@code hapax learn} that some of the methods use; what is listed nowhere is for all of them.
 *
 * @param methods which use them
 * @param options their names without hyphens
 */
record MethodOptions(List<MethodName> methods, List<String> options) {
    private static final List<MethodOptions> TABLE = List.of(
            new MethodOptions(
                    List.of(MethodName.MCPL, MethodName.MCPL_ONE, MethodName.MCPL_ALL, MethodName.MCPL_DIVERSE),
                    List.of("bind", "mask", "contrast", "temperature")),
            new MethodOptions(
                    Arrays.stream(MethodName.values())
                            .filter(name -> name.usual().weights())
                            .toList(),
                    List.of(
                            "lora",
                            "export-lora",
                            "weight-rate",
                            "regularise",
                            "class-images",
                            "class-prompt",
                            "prior",
                            "augment")),
            new MethodOptions(List.of(MethodName.DREAMBOOTH), List.of("text-encoder")),
            new MethodOptions(List.of(MethodName.CUSTOM_DIFFUSION, MethodName.DREAMBOOTH), List.of("concept")),
            new MethodOptions(
                    List.of(MethodName.DISENDIFF), List.of("bind-weight", "separate-weight", "smooth", "suppress")),
            new MethodOptions(
                    List.of(MethodName.DISENDIFF, MethodName.PPLUS, MethodName.PROSPECT, MethodName.MATTE),
                    List.of("class")),
            new MethodOptions(
                    Arrays.stream(MethodName.values())
                            .filter(name -> name != MethodName.MATTE) // it has words and sentences of its own
                            .toList(),
                    List.of("init", "template")),
            new MethodOptions(List.of(MethodName.PROSPECT), List.of("generator")),
            new MethodOptions(List.of(MethodName.MATTE), List.of("profile", "colors", "suffix", "cells", "clip")));

    /**
     * Refuses an option that the method would not look at.
     *
     * @param learn the command, after its arguments were read
     */
    static void require(MethodName method, CommandSpec learn) {
        Set<String> given = Recipe.given(learn);
        for (MethodOptions row : TABLE) {
            for (String option : row.options()) {
                if (given.contains(option) && !row.methods().contains(method)) {
                    throw new IllegalArgumentException("--" + option + " is for "
                            + row.methods().stream().map(MethodName::toString).collect(Collectors.joining(", "))
                            + ", and --method " + method + " would not look at it; leave it out");
                }
            }
        }
    }
}
