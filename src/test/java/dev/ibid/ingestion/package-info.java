/** How a text is cut into chunks. */
@NullMarked
package dev.ibid.ingestion;

import org.jspecify.annotations.NullMarked;
