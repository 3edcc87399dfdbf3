/** What people own: collections, uploads, originals, versions, deletion. */
@NullMarked
package dev.ibid.documents;

import org.jspecify.annotations.NullMarked;
