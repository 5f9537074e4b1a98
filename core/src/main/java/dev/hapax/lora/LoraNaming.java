package dev.hapax.lora;

/** How a file names its tensors. */
public enum LoraNaming {
    /** {@code unet.<module>.lora.down.weight}, and {@code lora_linear_layer} in text encoders. */
    DIFFUSERS("diffusers"),
    /** {@code <attention>.processor.to_q_lora.down.weight}, the first that diffusers had. */
    DIFFUSERS_PROCESSORS("diffusers' attention processors"),
    /** {@code <module>.lora_A.weight}. */
    PEFT("PEFT"),
    /** {@code lora_unet_<module with underscores>.lora_down.weight}, with an {@code alpha} of its own for each module. */
    KOHYA("kohya");

    private final String label;

    LoraNaming(String label) {
        this.label = label;
    }

    /** What to call it in a sentence. */
    public String label() {
        return label;
    }
}
