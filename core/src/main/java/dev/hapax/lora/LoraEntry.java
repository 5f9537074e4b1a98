package dev.hapax.lora;

/**
 * The change of one module, as a file names it.
 *
 * @param part the model's part
 * @param module the module within the part, in the file's spelling
 * @param joined whether that spelling has underscores where the model has dots
 * @param naming by which rules it is named
 * @param tensors how many tensors of the file belong to it
 * @param factors the change
 */
record LoraEntry(String part, String module, boolean joined, LoraNaming naming, int tensors, LoraFactors factors) {}
