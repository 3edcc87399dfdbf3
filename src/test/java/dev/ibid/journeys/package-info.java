/** Whole journeys through the started server, as people make them. */
@NullMarked
package dev.ibid.journeys;

import org.jspecify.annotations.NullMarked;
