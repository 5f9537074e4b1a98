package dev.hapax.learning;

/** What one run of the frozen model shows to the losses. */
public sealed interface Pass permits DenoisingPass, PriorPass {
    /** Whether one of its prompts holds this word. */
    boolean holds(String word);
}
