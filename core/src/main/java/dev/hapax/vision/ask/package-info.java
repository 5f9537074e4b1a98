/** Asking what is in a picture: models that answer questions about pictures, behind one interface. */
@NullMarked
package dev.hapax.vision.ask;

import org.jspecify.annotations.NullMarked;
