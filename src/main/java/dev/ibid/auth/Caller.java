package dev.ibid.auth;

import java.util.UUID;

/**
 * Who is asking, as the credential alone says.
 *
 * @param sessionId the login that the credential belongs to
 */
public record Caller(UUID userId, String email, Role role, UUID sessionId) {

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
