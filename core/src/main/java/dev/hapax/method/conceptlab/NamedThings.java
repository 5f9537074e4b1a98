package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorPass;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Things by their names, each said in the same context as the word of the sample: {@code E_y(c)}. They stay text
 * embeddings, so that they are as broad as their names.
 */
final class NamedThings implements Constraint {
    private final Map<String, Context> contexts = new HashMap<>(); // by the prompt that they make with the word
    private final Names names;
    private final TextEmbeddings space;

    /** What the things are called in a context. */
    interface Names {
        /** The text of each thing. */
        List<String> in(Context context);
    }

    NamedThings(String token, List<Context> contexts, Names names, TextEmbeddings space) {
        contexts.forEach(context -> this.contexts.put(context.with(token), context));
        this.names = names;
        this.space = space;
    }

    @Override
    public Tensor directions(PriorPass pass) {
        List<Tensor> samples = new ArrayList<>();
        for (String prompt : pass.prompts()) {
            Context context = contexts.get(prompt);
            if (context == null) {
                throw new IllegalArgumentException("the prompt \"" + prompt + "\" is none of the contexts");
            }
            samples.add(space.of(names.in(context))); // (k, width)
        }
        return Tensor.stack(samples, 1); // (k, b, width)
    }
}
