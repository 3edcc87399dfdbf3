/**
 * What tests share: the started server, people who speak to it over HTTP, sample files, and
 * neighbours.
 */
@NullMarked
package dev.ibid.testing;

import org.jspecify.annotations.NullMarked;
