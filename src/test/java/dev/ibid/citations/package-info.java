/** Tests of citations. */
@NullMarked
package dev.ibid.citations;

import org.jspecify.annotations.NullMarked;
