package dev.hapax.lora;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tensor's name in a LoRA file says.
 *
 * @param part the model's part: {@code unet}, {@code text_encoder} or {@code text_encoder_2}
 * @param module the changed module within the part
 * @param joined whether the module's name has underscores where the model has dots
 * @param role which of its tensors this is
 * @param naming by which rules the name was made
 */
record LoraKey(String part, String module, boolean joined, Role role, LoraNaming naming) {

    /** The tensors of one changed module. */
    enum Role {
        DOWN,
        UP,
        ALPHA
    }

    private static final String UNET = "unet";
    private static final Map<String, String> JOINED_PARTS = Map.of(
            "lora_unet_", UNET,
            "lora_te_", "text_encoder",
            "lora_te1_", "text_encoder",
            "lora_te2_", "text_encoder_2");

    /** Each has the module as its first group and {@code down}, {@code up}, {@code A} or {@code B} as its second. */
    private static final Map<LoraNaming, Pattern> DOTTED = Map.of(
            LoraNaming.DIFFUSERS, Pattern.compile("(.+)\\.(?:lora|lora_linear_layer)\\.(down|up)\\.weight"),
            LoraNaming.DIFFUSERS_PROCESSORS, Pattern.compile("(.+)_lora\\.(down|up)\\.weight"),
            LoraNaming.PEFT, Pattern.compile("(.+)\\.lora_([AB])(?:\\.\\w+)?\\.weight"), // an adapter's name may follow
            LoraNaming.KOHYA, Pattern.compile("(.+)\\.lora_(down|up)\\.weight"));

    private static final String ALPHA = ".alpha";
    private static final Pattern PART = Pattern.compile("(unet|text_encoder|text_encoder_2)\\.(.+)");
    private static final String PEFT_ROOT = "base_model.model.";

    /** Attention processors were named alike in the U-Net and in text encoders; the modules are not. */
    private static final Map<String, String> IN_TEXT =
            Map.of("to_q", "q_proj", "to_k", "k_proj", "to_v", "v_proj", "to_out", "out_proj");

    /**
     * Reads a name.
     *
     * @param folder the part that the file's folder stands for; empty if the names say it themselves
     * @return empty if it is no name of a LoRA's tensor
     */
    static Optional<LoraKey> parse(String name, Optional<String> folder) {
        for (Map.Entry<String, String> joined : JOINED_PARTS.entrySet()) {
            if (name.startsWith(joined.getKey())) {
                return of(joined.getValue(), name.substring(joined.getKey().length()), true);
            }
        }
        String plain = name.startsWith(PEFT_ROOT) ? name.substring(PEFT_ROOT.length()) : name;
        plain = plain.replace(".processor.", ".");
        Matcher part = PART.matcher(plain);
        if (folder.isPresent()) {
            return of(folder.get(), plain, false);
        }
        if (part.matches()) {
            return of(part.group(1), part.group(2), false);
        }
        return of(plain.startsWith("text_model.") ? "text_encoder" : UNET, plain, false); // the oldest name no part
    }

    private static Optional<LoraKey> of(String part, String rest, boolean joined) {
        if (rest.endsWith(ALPHA)) {
            String module = rest.substring(0, rest.length() - ALPHA.length());
            return Optional.of(new LoraKey(part, module, joined, Role.ALPHA, LoraNaming.KOHYA));
        }
        for (Map.Entry<LoraNaming, Pattern> rule : DOTTED.entrySet()) {
            Matcher matcher = rule.getValue().matcher(rest);
            if (matcher.matches()) {
                LoraNaming naming = rule.getKey();
                String module = matcher.group(1);
                Role role = matcher.group(2).equals("down") || matcher.group(2).equals("A") ? Role.DOWN : Role.UP;
                return Optional.of(new LoraKey(
                        part,
                        naming == LoraNaming.DIFFUSERS_PROCESSORS ? ofProcessor(part, module) : module,
                        joined,
                        role,
                        naming));
            }
        }
        return Optional.empty();
    }

    private static String ofProcessor(String part, String module) {
        if (part.equals(UNET)) {
            return module.endsWith(".to_out") ? module + ".0" : module;
        }
        int dot = module.lastIndexOf('.');
        String last = module.substring(dot + 1);
        return module.substring(0, dot + 1) + IN_TEXT.getOrDefault(last, last);
    }
}
