/** The text gate. */
@NullMarked
package dev.ibid.text;

import org.jspecify.annotations.NullMarked;
