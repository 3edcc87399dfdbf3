/** JSON as Ibid reads and writes it, over the wire and in the database. */
@NullMarked
package dev.ibid.json;

import org.jspecify.annotations.NullMarked;
