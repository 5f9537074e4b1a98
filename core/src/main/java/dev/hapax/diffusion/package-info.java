/**
 * The assembled model and what it draws: {@link dev.hapax.diffusion.StableDiffusion} holds the parts, {@link
 * dev.hapax.diffusion.ImageGenerator} runs {@link dev.hapax.diffusion.ImageRequest} to {@link
 * dev.hapax.diffusion.GeneratedImage}, {@link dev.hapax.diffusion.PngImages} keeps an image and its settings in one
 * file.
 *
 * <pre>{@code
 * prompt -> PromptEncoder -> Condition --+
 * seed -> noise -> latents -> [ Guide -> U-Net twice, with and without the prompt -> Trajectory.step ] x calls -> VAE
 * }</pre>
 */
@NullMarked
package dev.hapax.diffusion;

import org.jspecify.annotations.NullMarked;
