/** What a person may upload, own and delete. */
@NullMarked
package dev.ibid.documents;

import org.jspecify.annotations.NullMarked;
