/** Where work runs: waiting on virtual threads, computing on small pools; both refuse when full. */
@NullMarked
package dev.ibid.threads;

import org.jspecify.annotations.NullMarked;
