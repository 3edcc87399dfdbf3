/** What concerns the program as a whole. */
@NullMarked
package dev.ibid;

import org.jspecify.annotations.NullMarked;
