/** The hands that draw: one for every style. */
package dev.hapax.picturebook.world.medium;
