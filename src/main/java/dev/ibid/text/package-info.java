/** The one gate that all text passes on its way in. */
@NullMarked
package dev.ibid.text;

import org.jspecify.annotations.NullMarked;
