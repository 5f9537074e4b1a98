/** The forms that drawings are made of. */
package dev.hapax.picturebook.world.shape;
