/**
 * What a single machine needs and nothing else: its own PostgreSQL, originals on disk, and the
 * ownership of the data folder.
 */
@NullMarked
package dev.ibid.store.local;

import org.jspecify.annotations.NullMarked;
