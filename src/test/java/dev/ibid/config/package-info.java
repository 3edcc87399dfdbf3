/** How settings are read. */
@NullMarked
package dev.ibid.config;

import org.jspecify.annotations.NullMarked;
