/** What every background looks like. */
package dev.hapax.picturebook.world.backdrop;
