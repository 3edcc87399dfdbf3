@NullMarked
package dev.ibid.status;

import org.jspecify.annotations.NullMarked;
