/** Benchmarks: run by hand on a quiet machine, never published. */
@NullMarked
package dev.hapax.bench;

import org.jspecify.annotations.NullMarked;
