/** What every kind of thing looks like. */
package dev.hapax.picturebook.world.figure;
