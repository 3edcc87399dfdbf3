/** What people own: collections, uploads, originals, versions and their deletion. */
@NullMarked
package dev.ibid.documents;

import org.jspecify.annotations.NullMarked;
