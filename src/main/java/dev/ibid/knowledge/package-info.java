/**
 * THE TABLE where the two paths meet: ingestion writes chunks and vectors here, chat reads
 * passages. Nothing is found that the caller may not read.
 */
@NullMarked
package dev.ibid.knowledge;

import org.jspecify.annotations.NullMarked;
