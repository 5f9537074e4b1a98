package dev.hapax.learning;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.unet.UNet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The two parts of a model that methods may move, built anew from what a run has learned. The parameters that it was
 * given stay as they are.
 *
 * @param unet of the U-Net
 * @param textEncoder of the text encoder
 */
public record TunableModel(ModelPart unet, ModelPart textEncoder) {
    /** What names of the U-Net's weights begin with. */
    public static final String UNET = "unet";

    /** What names of the text encoder's weights begin with. */
    public static final String TEXT_ENCODER = "text_encoder";

    private static final Pattern ATTENTION = Pattern.compile(".*\\.(?:to_[qkv]|to_out\\.0)\\.weight");
    private static final Pattern TEXT_ATTENTION = Pattern.compile(".*\\.(?:q|k|v|out)_proj\\.weight");
    private static final String TABLE = "token_embedding.weight"; // words of the vocabulary keep their meaning

    /**
     * What the weights that move start from: whole ones from the model's, in fp32; of a LoRA {@code up} from zero and
     * {@code down} from normals of deviation 1 / rank (PEFT's "gaussian"), so that the model is at first what it was.
     *
     * @return by part and name; they belong to the innermost open scope
     */
    public Map<String, Tensor> initial(Tuning tuning, Rng rng) {
        Map<String, Tensor> initial = new LinkedHashMap<>();
        if (tuning.unet() != Tuning.UNetPart.NONE) {
            Weights asked = Weights.of(unet.weights());
            Predicate<String> chosen = chosen(tuning.unet(), UNet.of(unet.config(), asked));
            add(initial, UNET, asked.used(), chosen, tuning, rng);
        }
        if (tuning.textEncoder()) {
            Weights asked = Weights.of(textEncoder.weights());
            ClipTextEncoder.of(textEncoder.config(), asked);
            Predicate<String> chosen =
                    tuning.rank().isPresent() ? TEXT_ATTENTION.asMatchPredicate() : name -> !name.endsWith(TABLE);
            add(initial, TEXT_ENCODER, asked.used(), chosen, tuning, rng);
        }
        return initial;
    }

    private static Predicate<String> chosen(Tuning.UNetPart part, UNet built) {
        return switch (part) {
            case NONE -> name -> false;
            case CROSS_KEYS_VALUES -> {
                Set<String> names = new TreeSet<>();
                for (AttentionLayer layer : built.crossAttentionLayers()) {
                    names.add(layer.name() + ".to_k.weight");
                    names.add(layer.name() + ".to_v.weight");
                }
                yield names::contains;
            }
            case ATTENTION -> ATTENTION.asMatchPredicate();
            case ALL -> name -> true;
        };
    }

    private static void add(
            Map<String, Tensor> initial,
            String part,
            Map<String, Tensor> parameters,
            Predicate<String> chosen,
            Tuning tuning,
            Rng rng) {
        parameters.forEach((name, weight) -> {
            if (!chosen.test(name)) {
                return;
            }
            if (tuning.rank().isEmpty()) {
                initial.put(part + "." + name, weight.detach().to(DType.FLOAT32));
                return;
            }
            int rank = tuning.rank().getAsInt();
            if (weight.rank() != 2 || rank > Math.min(weight.size(0), weight.size(1))) {
                throw new IllegalArgumentException("a LoRA of rank " + rank + " is no smaller than " + part + "." + name
                        + ", which is " + weight + "; give a lower rank, or leave it out to learn whole matrices");
            }
            String down = TunedWeights.down(part, name);
            initial.put(
                    down,
                    rng.normal(Purpose.INITIALISATION, 0, number(down), rank, weight.size(1))
                            .over(rank));
            initial.put(TunedWeights.up(part, name), Tensor.zeros(DType.FLOAT32, weight.size(0), rank));
        });
    }

    private static long number(String name) { // so that values do not depend on the order of parameters
        CRC32 id = new CRC32();
        id.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return id.getValue();
    }

    /** The U-Net with what was learned; what it computes is differentiable in that. For use within the open scope. */
    public UNet unet(Map<String, Tensor> learned) {
        return UNet.of(unet.config(), Weights.of(new TunedWeights(unet.weights(), UNET, learned)));
    }

    /** The text encoder with what was learned; what it computes is differentiable in that. */
    public ClipTextEncoder textEncoder(Map<String, Tensor> learned) {
        return ClipTextEncoder.of(
                textEncoder.config(), Weights.of(new TunedWeights(textEncoder.weights(), TEXT_ENCODER, learned)));
    }
}
