package dev.hapax.attention;

import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Who looked where in one forward pass: cross-attention probabilities of the chosen layers, read as one map per text
 * token (Hertz et al. 2022, "Prompt-to-prompt image editing with cross attention control").
 *
 * <p>The maps belong to the scope in which this object was made. Make a new one for each pass.
 */
public final class AttentionMaps implements AttentionProbe {

    /**
     * What one layer showed.
     *
     * @param probabilities (b, heads, pixels, tokens), summing to 1 over tokens; pixels in row-major order
     */
    public record Recorded(AttentionLayer layer, Resolution resolution, Tensor probabilities) {}

    private final LayerChoice choice;
    private final boolean gradient;
    private final UnaryOperator<Tensor> keeper = Scope.keeper();
    private final Set<Resolution> seen = new LinkedHashSet<>();
    private final List<Recorded> recorded = new ArrayList<>();

    private AttentionMaps(LayerChoice choice, boolean gradient) {
        this.choice = choice;
        this.gradient = gradient;
    }

    /** Records values only; no gradient flows from the maps. */
    public static AttentionMaps detached(LayerChoice choice) {
        return new AttentionMaps(choice, false);
    }

    /** Records maps through which gradients flow into the latents, the text and the weights. */
    public static AttentionMaps withGradient(LayerChoice choice) {
        return new AttentionMaps(choice, true);
    }

    @Override
    public boolean wants(AttentionLayer layer, Resolution resolution) {
        seen.add(resolution);
        return choice.includes(layer, resolution);
    }

    @Override
    public void record(AttentionLayer layer, Resolution resolution, Tensor probabilities) {
        if (recorded.stream().anyMatch(earlier -> earlier.layer().index() == layer.index())) {
            throw new IllegalStateException("layer " + layer.index() + " (" + layer.name()
                    + ") is recorded already; make new attention maps for each forward pass");
        }
        Tensor kept = keeper.apply(gradient ? probabilities : probabilities.detach());
        recorded.add(new Recorded(layer, resolution, kept));
    }

    /** Everything recorded, in execution order. */
    public List<Recorded> recorded() {
        return List.copyOf(recorded);
    }

    /**
     * The mean over all heads of the recorded layers that ran at exactly this resolution.
     *
     * @throws IllegalArgumentException naming the resolutions there are, if none of the recorded layers ran at it
     */
    public TokenMaps at(Resolution resolution) {
        return new TokenMaps(average(
                recorded.stream()
                        .filter(layer -> layer.resolution().equals(resolution))
                        .map(AttentionMaps::meanOverHeads)
                        .toList(),
                resolution));
    }

    /**
     * The mean over all heads of all recorded layers, each resized to this resolution (bilinearly) with equal weight.
     *
     * @throws IllegalArgumentException if nothing was recorded
     */
    public TokenMaps resizedTo(Resolution resolution) {
        return new TokenMaps(average(
                recorded.stream()
                        .map(AttentionMaps::meanOverHeads)
                        .map(maps -> Functional.resizeBilinear(maps, resolution.height(), resolution.width()))
                        .toList(),
                resolution));
    }

    private static Tensor meanOverHeads(Recorded layer) {
        Tensor mean = layer.probabilities().mean(false, 1); // (b, pixels, tokens)
        Resolution size = layer.resolution();
        return mean.transpose(1, 2).reshape(mean.size(0), mean.size(2), size.height(), size.width());
    }

    private Tensor average(List<Tensor> maps, Resolution wanted) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("no cross-attention layer was recorded at " + wanted
                    + "; recorded: "
                    + names(recorded.stream().map(Recorded::resolution).collect(Collectors.toSet()))
                    + "; the pass ran layers at: " + names(seen));
        }
        Tensor sum = maps.get(0);
        for (Tensor map : maps.subList(1, maps.size())) {
            sum = sum.plus(map);
        }
        return sum.over(maps.size()); // (b, tokens, h, w)
    }

    private String names(Set<Resolution> sizes) {
        return sizes.isEmpty()
                ? "none"
                : seen.stream()
                        .filter(sizes::contains)
                        .map(Resolution::toString)
                        .collect(Collectors.joining(", "));
    }
}
