/**
 * Where statements come from: a marker in an answer leads to a quote, a quote to its place in a
 * document, and what leads nowhere does not reach a reader.
 */
@NullMarked
package dev.ibid.citations;

import org.jspecify.annotations.NullMarked;
