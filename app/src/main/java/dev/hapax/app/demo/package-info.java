/** The demo: two words from one picture, what they look at, what they draw, and a page to look at it all. */
@NullMarked
package dev.hapax.app.demo;

import org.jspecify.annotations.NullMarked;
