package dev.hapax.run;

import dev.hapax.method.mcpl.McplSettings;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The methods of learning words by the names that users give them, each with the regularisers it starts from. */
public enum MethodName {
    /** The whole of MCPL: the placeholders are learned, with PromptCL and AttnMask. */
    MCPL("mcpl", McplSettings.FULL),
    /** The placeholders are learned, without regularisers. */
    MCPL_ONE("mcpl-one", McplSettings.PLAIN),
    /** Every word of the prompt is learned, without regularisers. */
    MCPL_ALL("mcpl-all", McplSettings.PLAIN),
    /** As {@link #MCPL_ONE}, with a word for each picture beside. */
    MCPL_DIVERSE("mcpl-diverse", McplSettings.PLAIN),
    /** One word, without regularisers. */
    TEXTUAL_INVERSION("textual-inversion", McplSettings.PLAIN);

    private final String text;
    private final McplSettings regularisers;

    MethodName(String text, McplSettings regularisers) {
        this.text = text;
        this.regularisers = regularisers;
    }

    /** The regularisers that act unless others are asked for. */
    public McplSettings regularisers() {
        return regularisers;
    }

    /**
     * The method of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static MethodName of(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no method \"" + text + "\"; there are "
                        + Arrays.stream(values()).map(MethodName::toString).collect(Collectors.joining(", "))));
    }

    /** As users write it, for example {@code mcpl-one}. */
    @Override
    public String toString() {
        return text;
    }
}
