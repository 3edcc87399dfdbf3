package dev.ibid.auth;

import java.time.Instant;
import java.util.UUID;

/**
 * A person with an account.
 *
 * @param email in lower case
 * @param timeZone of the IANA database, such as {@code Europe/Paris}
 */
public record User(UUID id, String email, Role role, String timeZone, Instant createdAt) {}
