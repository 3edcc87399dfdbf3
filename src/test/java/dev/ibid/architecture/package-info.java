/**
 * The plan of the house, checked by a machine: who may know whom, what things are called, how long
 * they may be.
 */
@NullMarked
package dev.ibid.architecture;

import org.jspecify.annotations.NullMarked;
