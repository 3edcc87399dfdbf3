package dev.ibid.auth;

import java.util.Optional;
import java.util.UUID;

/** What the audit log keeps of the door: never a password, a token, or a name that was mistyped. */
public interface Audit {

    /** What is written down, by its lower-case name. */
    enum Action {
        REGISTER,
        LOGIN,
        LOGIN_FAILED,
        LOGOUT,
        PASSWORD_CHANGED,
        REFRESH_REUSED
    }

    /**
     * Writes down a password that was wrong, or right for an account that is disabled.
     *
     * @param userId whose account was tried; empty when there is no such account
     */
    void loginFailed(Optional<UUID> userId, String address);
}
