package dev.hapax.learning;

import dev.hapax.tensor.Rng;
import dev.hapax.text.Word;
import java.util.List;
import java.util.Map;

/** Prompts of several concepts: each picture has its own, which holds the words of its concept. */
record JointPrompts(Map<String, String> phrases, PromptPlan plan) implements PromptPlan {

    JointPrompts(Map<String, String> phrases, List<String> templates) {
        this(phrases, PromptPlan.perPicture(templates, picture -> phrase(phrases, picture)));
    }

    private static String phrase(Map<String, String> phrases, Example picture) {
        String phrase = phrases.get(picture.sha256());
        if (phrase == null) {
            throw new IllegalArgumentException("nothing says what the picture " + picture.name()
                    + " shows; give a prompt for each concept and its pictures");
        }
        return phrase;
    }

    @Override
    public String prompt(Example picture, Rng rng, long step, int sample) {
        return plan.prompt(picture, rng, step, sample);
    }

    @Override
    public List<String> all(Example picture) {
        return plan.all(picture);
    }

    @Override
    public boolean holds(Example picture, Word word) {
        return phrase(phrases, picture).contains(word.token());
    }
}
