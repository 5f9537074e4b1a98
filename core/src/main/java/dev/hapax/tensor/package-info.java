/**
 * The readable face of libtorch: the only package of this project that sees {@code org.bytedeco}.
 *
 * <p>A {@link dev.hapax.tensor.Tensor} lives until the {@link dev.hapax.tensor.Scope} it was made in closes; results
 * that outlive their scope leave it through {@link dev.hapax.tensor.Scope#release}. Nothing waits for the garbage
 * collector.
 */
@NullMarked
package dev.hapax.tensor;

import org.jspecify.annotations.NullMarked;
