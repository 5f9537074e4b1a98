/** What the pages and pictures that people look at are made of. */
@NullMarked
package dev.hapax.app.page;

import org.jspecify.annotations.NullMarked;
