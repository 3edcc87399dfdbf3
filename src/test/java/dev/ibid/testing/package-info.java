/** Neighbours that tests talk to over real sockets. */
@NullMarked
package dev.ibid.testing;

import org.jspecify.annotations.NullMarked;
