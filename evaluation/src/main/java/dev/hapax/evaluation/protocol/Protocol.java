package dev.hapax.evaluation.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The way in which a paper, or many, evaluate: which methods on which pictures with which prompts, and what is claimed. */
public interface Protocol {

    /** What {@code hapax bench} calls it. */
    String name();

    /** What it compares, in one line. */
    String about();

    /**
     * What to run.
     *
     * @throws IllegalArgumentException if it cannot be run on this ground
     */
    Experiment on(Ground ground, Scale scale);

    /** All there are. */
    static List<Protocol> all() {
        return List.of(
                new McplProtocol(),
                new DisenDiffProtocol(),
                new CompositionalProtocol(),
                new PairsProtocol(),
                new SweepProtocol(),
                new AttributesProtocol(),
                new InventProtocol());
    }

    /**
     * The protocol of a name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Protocol named(String name) {
        return all().stream()
                .filter(protocol -> protocol.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no bench \"" + name + "\"; there are: "
                        + all().stream().map(Protocol::name).collect(Collectors.joining(", "))));
    }

    /**
     * The scale of a name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Scale scale(String name) {
        return Arrays.stream(Scale.values())
                .filter(scale -> scale.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no scale \"" + name + "\"; there are: tiny, small, paper"));
    }
}
