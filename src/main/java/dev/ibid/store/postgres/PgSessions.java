package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.auth.Audit;
import dev.ibid.auth.LiveSession;
import dev.ibid.auth.RefreshToken;
import dev.ibid.auth.Role;
import dev.ibid.auth.Rotation;
import dev.ibid.auth.SessionLimits;
import dev.ibid.auth.Sessions;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

public final class PgSessions implements Sessions {

    private static final String LIVE =
            """
            (s.revoked_at is null and s.expires_at > now() and s.last_used_at > now() - :idle
              and u.disabled_at is null)
            """;

    private static final String WHOSE = "s.id as session_id, u.id as user_id, u.email, u.role\n";

    /**
     * The share lock waits for a password change under way, which would not see this session yet.
     */
    private static final String BEGIN =
            """
            with u as (
                select * from users
                where id = :user and password_hash = :hash and disabled_at is null
                for share
            ), s as (
                insert into sessions (id, user_id, expires_at)
                select :session, u.id, now() + :life from u
                returning id
            )
            select %s from s cross join u
            """
                    .formatted(WHOSE);

    /** Of two that come at once, one waits here and then finds the token used. */
    private static final String USE_UP =
            """
            update refresh_tokens t set used_at = now()
            from sessions s join users u on u.id = s.user_id
            where t.token_hash = :hash and t.used_at is null and s.id = t.session_id and %s
            returning %s
            """
                    .formatted(LIVE, WHOSE);

    private static final String USED_BEFORE =
            """
            select t.used_at > now() - :grace as recently, %s
            from refresh_tokens t
            join sessions s on s.id = t.session_id
            join users u on u.id = s.user_id
            where t.token_hash = :hash and t.used_at is not null and %s
            """
                    .formatted(WHOSE, LIVE);

    private static final String USE =
            """
            select s.last_used_at > now() - interval '1 minute' as noted, %s
            from sessions s join users u on u.id = s.user_id
            where s.id = :session and %s
            """
                    .formatted(WHOSE, LIVE);

    private final Database database;
    private final SessionLimits limits;

    public PgSessions(Database database, SessionLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    @Override
    public Optional<LiveSession> open(
            UUID userId, String verifiedHash, RefreshToken first, String address) {
        return database.write(
                "sessions.open",
                handle -> {
                    Optional<LiveSession> session = begin(handle, userId, verifiedHash);
                    session.ifPresent(begun -> {
                        insertToken(handle, begun.sessionId(), first);
                        PgAudit.add(
                                handle,
                                Optional.of(userId),
                                Audit.Action.LOGIN,
                                Map.of("address", address));
                    });
                    return session;
                });
    }

    private Optional<LiveSession> begin(Handle handle, UUID userId, String verifiedHash) {
        return handle.createQuery(BEGIN)
                .bind("user", userId)
                .bind("hash", verifiedHash)
                .bind("session", UuidCreator.getTimeOrderedEpoch())
                .bind("life", limits.life())
                .map(PgSessions::session)
                .findOne();
    }

    @Override
    public Rotation rotate(RefreshToken presented, RefreshToken next) {
        return database.write(
                "sessions.rotate",
                handle -> {
                    Optional<LiveSession> usedUp = useUp(handle, presented);
                    Rotation rotation =
                            usedUp.isPresent()
                                    ? new Rotation.Rotated(usedUp.get())
                                    : notUsedUp(handle, presented);
                    if (rotation instanceof Rotation.Rotated(LiveSession session)) {
                        insertToken(handle, session.sessionId(), next);
                        touch(handle, session.sessionId());
                    }
                    return rotation;
                });
    }

    private Optional<LiveSession> useUp(Handle handle, RefreshToken token) {
        return handle.createQuery(USE_UP)
                .bind("hash", token.hash())
                .bind("idle", limits.idle())
                .map(PgSessions::session)
                .findOne();
    }

    private record Used(LiveSession session, boolean recently) {}

    private Rotation notUsedUp(Handle handle, RefreshToken token) {
        Optional<Used> used = usedBefore(handle, token);
        if (used.isEmpty()) {
            return new Rotation.Refused();
        }
        LiveSession session = used.get().session();
        return used.get().recently() ? new Rotation.Rotated(session) : reused(handle, session);
    }

    private Optional<Used> usedBefore(Handle handle, RefreshToken token) {
        return handle.createQuery(USED_BEFORE)
                .bind("hash", token.hash())
                .bind("idle", limits.idle())
                .bind("grace", limits.grace())
                .map((row, at) -> new Used(session(row, at), row.getBoolean("recently")))
                .findOne();
    }

    private static Rotation reused(Handle handle, LiveSession session) {
        Optional<UUID> user = Optional.of(session.userId());
        end(handle, session.userId(), session.sessionId());
        PgAudit.add(handle, user, Audit.Action.REFRESH_REUSED, Map.of());
        return new Rotation.Reused(session.sessionId());
    }

    private record Use(LiveSession session, boolean noted) {}

    @Override
    public Optional<LiveSession> use(UUID sessionId) {
        Optional<Use> use = database.read("sessions.use", handle -> find(handle, sessionId));
        if (use.isPresent() && !use.get().noted()) {
            database.write("sessions.touch", handle -> touch(handle, sessionId));
        }
        return use.map(Use::session);
    }

    private Optional<Use> find(Handle handle, UUID sessionId) {
        return handle.createQuery(USE)
                .bind("session", sessionId)
                .bind("idle", limits.idle())
                .map((row, at) -> new Use(session(row, at), row.getBoolean("noted")))
                .findOne();
    }

    @Override
    public void revoke(UUID userId, UUID sessionId) {
        database.write(
                "sessions.revoke",
                handle -> end(handle, userId, sessionId) == 0 ? 0 : logout(handle, userId));
    }

    @Override
    public Optional<UUID> sessionOf(UUID userId, RefreshToken token) {
        return database.read(
                "sessions.of_token",
                handle ->
                        handle.createQuery(
                                        """
                                        select s.id from refresh_tokens t
                                        join sessions s on s.id = t.session_id
                                        where t.token_hash = :hash and s.user_id = :user\
                                        """)
                                .bind("hash", token.hash())
                                .bind("user", userId)
                                .mapTo(UUID.class)
                                .findOne());
    }

    @Override
    public Optional<List<UUID>> changePassword(
            UUID userId, String verifiedHash, String newHash, UUID keptSession) {
        return database.write(
                "sessions.change_password",
                handle -> {
                    if (!setPassword(handle, userId, verifiedHash, newHash)) {
                        return Optional.empty();
                    }
                    PgAudit.add(
                            handle, Optional.of(userId), Audit.Action.PASSWORD_CHANGED, Map.of());
                    return Optional.of(endOthers(handle, userId, keptSession));
                });
    }

    @Override
    public void sweep() {
        database.write(
                "sessions.sweep",
                handle ->
                        handle.execute(
                                "delete from sessions where expires_at < now() - interval '30 days'"));
    }

    private static int logout(Handle handle, UUID userId) {
        return PgAudit.add(handle, Optional.of(userId), Audit.Action.LOGOUT, Map.of());
    }

    private static boolean setPassword(Handle handle, UUID userId, String from, String to) {
        return handle.createUpdate(
                                "update users set password_hash = :to"
                                        + " where id = :user and password_hash = :from")
                        .bind("user", userId)
                        .bind("from", from)
                        .bind("to", to)
                        .execute()
                == 1;
    }

    private static List<UUID> endOthers(Handle handle, UUID userId, UUID keptSession) {
        return handle.createQuery(
                        """
                        update sessions set revoked_at = now()
                        where user_id = :user and id <> :kept and revoked_at is null
                        returning id\
                        """)
                .bind("user", userId)
                .bind("kept", keptSession)
                .mapTo(UUID.class)
                .list();
    }

    private static int end(Handle handle, UUID userId, UUID sessionId) {
        return handle.createUpdate(
                        """
                        update sessions set revoked_at = now()
                        where id = :session and user_id = :user and revoked_at is null\
                        """)
                .bind("session", sessionId)
                .bind("user", userId)
                .execute();
    }

    private static void insertToken(Handle handle, UUID sessionId, RefreshToken token) {
        handle.createUpdate(
                        "insert into refresh_tokens (token_hash, session_id)"
                                + " values (:hash, :session)")
                .bind("hash", token.hash())
                .bind("session", sessionId)
                .execute();
    }

    private static int touch(Handle handle, UUID sessionId) {
        return handle.createUpdate("update sessions set last_used_at = now() where id = :session")
                .bind("session", sessionId)
                .execute();
    }

    private static LiveSession session(ResultSet row, StatementContext context)
            throws SQLException {
        return new LiveSession(
                row.getObject("session_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("email"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)));
    }
}
