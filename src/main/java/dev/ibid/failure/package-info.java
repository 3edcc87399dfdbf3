/**
 * What can go wrong, in words that know nothing of HTTP; the door maps them to problem details in
 * one table.
 */
@NullMarked
package dev.ibid.failure;

import org.jspecify.annotations.NullMarked;
