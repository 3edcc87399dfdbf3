package dev.ibid.auth;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The logins. Each change and its audit row are one commit; time is the database's, so that
 * replicas agree on what has ended.
 */
public interface Sessions {

    /**
     * Begins a session with its first refresh token.
     *
     * @param verifiedHash the password hash that the person has just proved to know
     * @param address where the person came from, for the audit log
     * @return empty when the password was changed or the account disabled in the meantime
     */
    Optional<LiveSession> open(
            UUID userId, String verifiedHash, RefreshToken first, String address);

    /** Exchanges a token for the next; a token that was used before ends the whole session. */
    Rotation rotate(RefreshToken presented, RefreshToken next);

    /** The session, if it is live; asking counts as using it. */
    Optional<LiveSession> use(UUID sessionId);

    /** Ends a session by its owner's wish; again is harmless. */
    void revoke(UUID userId, UUID sessionId);

    /** The session that a refresh token of this person belongs to. */
    Optional<UUID> sessionOf(UUID userId, RefreshToken token);

    /**
     * Sets a new password and ends every other session of the person.
     *
     * @return the sessions that were ended; empty when the password is not {@code verifiedHash} any
     *     more
     */
    Optional<List<UUID>> changePassword(
            UUID userId, String verifiedHash, String newHash, UUID keptSession);

    /** Deletes what has ended so long ago that nobody will ask for it. */
    void sweep();
}
