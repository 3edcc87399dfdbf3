/** The text gate and the guess of a language. */
@NullMarked
package dev.ibid.text;

import org.jspecify.annotations.NullMarked;
