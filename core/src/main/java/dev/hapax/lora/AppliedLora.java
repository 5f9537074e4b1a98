package dev.hapax.lora;

/**
 * A LoRA that a model has been given.
 *
 * @param name what to call it ({@link LoraFile#name()})
 * @param weight what its change was multiplied with
 * @param hash SHA-256 of its files, in hexadecimal ({@link LoraFile#hash()})
 */
public record AppliedLora(String name, double weight, String hash) {}
