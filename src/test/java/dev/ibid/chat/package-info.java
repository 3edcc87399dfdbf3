/** Tests of the chat room. */
@NullMarked
package dev.ibid.chat;

import org.jspecify.annotations.NullMarked;
