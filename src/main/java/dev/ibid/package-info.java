/**
 * The command line, and the floor plan of the server: configuration, adapters, rooms, in the order
 * in which they start.
 */
@NullMarked
package dev.ibid;

import org.jspecify.annotations.NullMarked;
