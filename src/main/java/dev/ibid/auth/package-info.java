/**
 * Who is asking: accounts, passwords, tokens, and the gate that turns a credential into a caller.
 */
@NullMarked
package dev.ibid.auth;

import org.jspecify.annotations.NullMarked;
