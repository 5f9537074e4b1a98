/** ConceptLab (Richardson et al. 2024): words for things that have no name yet. */
@NullMarked
package dev.hapax.method.conceptlab;

import org.jspecify.annotations.NullMarked;
