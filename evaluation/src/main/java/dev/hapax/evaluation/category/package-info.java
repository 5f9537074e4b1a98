/** What may be invented: categories with their members and the contexts that their words are put into. */
@NullMarked
package dev.hapax.evaluation.category;

import org.jspecify.annotations.NullMarked;
