package dev.ibid.auth;

import java.util.UUID;

/** A login that has not ended, and whose it is by what the database says now. */
public record LiveSession(UUID sessionId, UUID userId, String email, Role role) {}
