/**
 * The chat room: a question becomes passages, the passages an answer, and every statement of the
 * answer keeps its way back to the place it was read.
 */
@NullMarked
package dev.ibid.chat;

import org.jspecify.annotations.NullMarked;
