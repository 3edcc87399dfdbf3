/**
 * From uploaded to ready: durable jobs that have each document version extracted, split, embedded
 * and published.
 */
@NullMarked
package dev.ibid.ingestion;

import org.jspecify.annotations.NullMarked;
