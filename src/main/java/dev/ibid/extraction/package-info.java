/**
 * From bytes to text: what a file says, and where it says it. Each file is read in a process of its
 * own, held in by limits, which a broken or hostile file cannot leave.
 */
@NullMarked
package dev.ibid.extraction;

import org.jspecify.annotations.NullMarked;
