package dev.hapax.method.mcpl;

import dev.hapax.learning.Example;
import dev.hapax.learning.PromptPlan;
import dev.hapax.tensor.Rng;
import dev.hapax.text.Word;
import java.util.List;

/** The prompts of MCPL-diverse: {@code RELATE} becomes the word of the picture at hand, which no other picture holds. */
record DiversePrompts(List<Word> shared, PromptPlan plan) implements PromptPlan {

    DiversePrompts(List<Word> shared, String sentence, List<String> templates) {
        this(
                shared,
                PromptPlan.perPicture(templates, picture -> sentence.replace("RELATE", "<" + picture.name() + ">")));
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
        return shared.contains(word) || word.token().equals("<" + picture.name() + ">");
    }
}
