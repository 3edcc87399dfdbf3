/** What is read out of files of every kind, and that the parser's process holds them in. */
@NullMarked
package dev.ibid.extraction;

import org.jspecify.annotations.NullMarked;
