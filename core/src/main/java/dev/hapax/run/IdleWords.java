package dev.hapax.run;

import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.StartImage;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Outside;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Words that have their places at timesteps which a run never comes to ({@link dev.hapax.text.Placement}). */
final class IdleWords {
    private IdleWords() {}

    /** A line for each word of a request that cannot act, with what to do. */
    static List<String> of(StableDiffusion model, Lexicon words, ImageRequest request, Optional<StartImage> start) {
        List<String> lines = new ArrayList<>();
        try (Scope scope = Scope.open();
                Trajectory run = model.sampler(request.sampler()).start(request.steps())) {
            int done = start.map(image -> image.stepsOf(request.steps())).orElse(request.steps());
            int calls = run.calls() * done / request.steps();
            for (String word : words.words()) {
                words.placement(word)
                        .filter(placement -> request.prompt().contains(word))
                        .filter(placement -> placement.outside() != Outside.KEEP)
                        .filter(placement -> IntStream.range(run.calls() - calls, run.calls())
                                .noneMatch(call -> placement.actsAt(run.timestep(call))))
                        .ifPresent(placement -> lines.add(word + " is read from t = " + placement.lowest()
                                + " on, and this run begins at t = "
                                + Math.round(run.timestep(run.calls() - calls)) + ": it cannot act; "
                                + (start.isPresent() ? "raise --strength" : "take more --steps or another sampler")));
            }
        }
        return lines;
    }
}
