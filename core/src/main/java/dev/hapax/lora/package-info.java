/**
 * Changes of low rank to a model's weights (LoRA, Hu et al. 2021): {@link dev.hapax.lora.LoraFile} reads them in every
 * common naming, {@link dev.hapax.lora.LoraWeights} adds them to the weights that a model is built from, {@link
 * dev.hapax.lora.LoraStack} does both for several files and parts and tells what they changed, {@link
 * dev.hapax.lora.LoraWriter} writes them.
 *
 * <p>Nothing is changed in place: a model without a LoRA is one that was built from the plain weights.
 */
@NullMarked
package dev.hapax.lora;

import org.jspecify.annotations.NullMarked;
