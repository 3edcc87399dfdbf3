/**
 * From bytes to text to chunks to vectors: durable jobs that parse, split and embed each uploaded
 * document version.
 */
@NullMarked
package dev.ibid.ingestion;

import org.jspecify.annotations.NullMarked;
