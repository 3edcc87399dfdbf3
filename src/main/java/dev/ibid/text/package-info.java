/**
 * The one gate that all text passes on its way in, and the language that a text is guessed to be
 * in.
 */
@NullMarked
package dev.ibid.text;

import org.jspecify.annotations.NullMarked;
