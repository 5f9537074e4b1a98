/** What the commands that invent, mix and breed words share. */
@NullMarked
package dev.hapax.app.invent;

import org.jspecify.annotations.NullMarked;
