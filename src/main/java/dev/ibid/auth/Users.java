package dev.ibid.auth;

import java.util.Optional;
import java.util.UUID;

/** The accounts. E-mail addresses are compared without regard to case. */
public interface Users {

    /** How the role of a new account is decided. */
    enum Admission {
        USER,
        ADMIN,
        /**
         * The first account of all becomes an administrator: exactly one, however many come at
         * once.
         */
        FIRST_IS_ADMIN
    }

    /**
     * Makes an account, its personal collection and its audit row in one commit.
     *
     * @return empty when the address is taken
     */
    Optional<User> create(String email, String passwordHash, Admission admission);

    Optional<Credentials> findByEmail(String email);

    Optional<Credentials> find(UUID userId);

    boolean hasAdmin();

    /**
     * Replaces the hash of an unchanged password; nothing happens if it is not {@code from} any
     * more.
     */
    void rehash(UUID userId, String from, String to);

    Optional<User> setTimeZone(UUID userId, String timeZone);
}
