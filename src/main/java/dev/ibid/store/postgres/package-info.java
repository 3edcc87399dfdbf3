/** The relational truth: each port of the rooms that needs it, over JDBC on virtual threads. */
@NullMarked
package dev.ibid.store.postgres;

import org.jspecify.annotations.NullMarked;
