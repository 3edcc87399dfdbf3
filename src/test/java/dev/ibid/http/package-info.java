/** The door as a client meets it. */
@NullMarked
package dev.ibid.http;

import org.jspecify.annotations.NullMarked;
