/**
 * THE DOOR: the only public HTTP server, and the words in which rooms speak to it (exchange, reply,
 * event log). The door knows no room: rooms bind their operations to it.
 */
@NullMarked
package dev.ibid.http;

import org.jspecify.annotations.NullMarked;
