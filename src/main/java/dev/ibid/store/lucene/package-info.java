/**
 * The indexes inside the process: words and vectors in Lucene, each a cache of what Postgres holds.
 */
@NullMarked
package dev.ibid.store.lucene;

import org.jspecify.annotations.NullMarked;
