/** How documents are read, in a process of their own, and cut into pieces. */
@NullMarked
package dev.ibid.ingestion;

import org.jspecify.annotations.NullMarked;
