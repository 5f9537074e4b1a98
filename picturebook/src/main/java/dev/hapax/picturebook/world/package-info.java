/** A little world of pictures and the words for them: scenes, how they are drawn and how they are told. */
package dev.hapax.picturebook.world;
