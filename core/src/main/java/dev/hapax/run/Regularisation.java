package dev.hapax.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures that remind the model of what it knows, while its weights are moved.
 *
 * @param source where they come from
 * @param folder of pictures, each with its caption in a text file of the same name if it has one of its own
 * @param count how many are generated
 * @param prompts what they show: the captions that they are generated from in turn, one for each class; of pictures of a
 *     folder that have none, the first
 */
public record Regularisation(Source source, Optional<Path> folder, int count, List<String> prompts) {
    /** Where regularising pictures come from. */
    public enum Source {
        /** There are none. */
        NONE,
        /** The model itself draws them before it is changed, into the folder of the run. */
        GENERATED,
        /** A folder. */
        FOLDER
    }

    /** As many as diffusers' script for Custom Diffusion takes. */
    public static final int COUNT = 200;

    /** No regularising pictures. */
    public static final Regularisation NONE = new Regularisation(Source.NONE, Optional.empty(), 0, List.of());

    /** Checks that what is needed is there. */
    public Regularisation {
        prompts = List.copyOf(prompts);
        if (source != Source.NONE && (prompts.isEmpty() || prompts.stream().anyMatch(String::isBlank))) {
            throw new IllegalArgumentException("regularising pictures need the class that they show; give it with"
                    + " --class-prompt \"a photo of a dog\", or leave them out with --regularise none");
        }
        if (source == Source.GENERATED && count < prompts.size()) {
            throw new IllegalArgumentException("at least " + prompts.size() + " regularising picture"
                    + (prompts.size() == 1 ? "" : "s, one of each class,") + " must be generated, got " + count);
        }
        if ((source == Source.FOLDER) != folder.isPresent()) {
            throw new IllegalArgumentException("a folder of regularising pictures is given exactly where they come from"
                    + " a folder, got " + source + " and " + folder);
        }
    }

    /** Pictures that the model draws. */
    public static Regularisation generated(int count, String... prompts) {
        return new Regularisation(Source.GENERATED, Optional.empty(), count, List.of(prompts));
    }

    /** Pictures of a folder. */
    public static Regularisation from(Path folder, String prompt) {
        return new Regularisation(Source.FOLDER, Optional.of(folder), 0, List.of(prompt));
    }
}
