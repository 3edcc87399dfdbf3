/**
 * Reads the configuration from flags, environment and {@code .env}; every problem is reported at
 * once and secrets are never printed.
 */
@NullMarked
package dev.ibid.config;

import org.jspecify.annotations.NullMarked;
