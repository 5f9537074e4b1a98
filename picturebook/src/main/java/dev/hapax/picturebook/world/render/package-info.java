/** Draws scenes and tells the truth about them. */
@org.jspecify.annotations.NullMarked
package dev.hapax.picturebook.world.render;
