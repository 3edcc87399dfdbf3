/**
 * Language and embedding models by configuration, and the HTTP bridge that carries their calls over
 * Vert.x.
 */
@NullMarked
package dev.ibid.models;

import org.jspecify.annotations.NullMarked;
