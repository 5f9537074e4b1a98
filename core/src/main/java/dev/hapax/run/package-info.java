/**
 * Whole jobs from files to files, which the command line, the studio and other programs all call: {@link
 * dev.hapax.run.Learning} turns pictures and a {@link dev.hapax.run.LearnRequest} into a {@link
 * dev.hapax.run.RunFolder} with one file per word; {@link dev.hapax.run.Painter} draws with such words.
 */
@NullMarked
package dev.hapax.run;

import org.jspecify.annotations.NullMarked;
