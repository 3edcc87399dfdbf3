/**
 * Whether the server is well: health, readiness, details and metrics. It answers while every other
 * room is busy.
 */
@NullMarked
package dev.ibid.status;

import org.jspecify.annotations.NullMarked;
