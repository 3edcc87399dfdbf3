/** Lists that are read page by page: what was asked for, and what is given. */
@NullMarked
package dev.ibid.listing;

import org.jspecify.annotations.NullMarked;
