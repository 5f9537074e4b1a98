/** P+: vectors of their own for each layer that reads text (Voynov et al. 2023). */
@NullMarked
package dev.hapax.method.pplus;

import org.jspecify.annotations.NullMarked;
