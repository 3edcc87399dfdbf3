package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.auth.Audit;
import dev.ibid.auth.Credentials;
import dev.ibid.auth.Role;
import dev.ibid.auth.User;
import dev.ibid.auth.Users;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

public final class PgUsers implements Users {

    /** Any number will do, as long as nothing else takes the same advisory lock. */
    private static final long FIRST_ACCOUNT_LOCK = 0x1b1d_0001L;

    private static final String SELECT = "select * from users where ";

    private final Database database;

    public PgUsers(Database database) {
        this.database = database;
    }

    @Override
    public Optional<User> create(String email, String passwordHash, Admission admission) {
        return database.write(
                "users.create",
                handle -> {
                    Role role = role(handle, admission);
                    Optional<User> made = insert(handle, email, passwordHash, role);
                    made.ifPresent(user -> furnish(handle, user));
                    return made;
                });
    }

    @Override
    public Optional<Credentials> findByEmail(String email) {
        return database.read(
                "users.by_email",
                handle ->
                        handle.createQuery(SELECT + "lower(email) = lower(:email)")
                                .bind("email", email)
                                .map(PgUsers::credentials)
                                .findOne());
    }

    @Override
    public Optional<Credentials> find(UUID userId) {
        return database.read(
                "users.find",
                handle ->
                        handle.createQuery(SELECT + "id = :id")
                                .bind("id", userId)
                                .map(PgUsers::credentials)
                                .findOne());
    }

    @Override
    public boolean hasAdmin() {
        return database.read(
                "users.has_admin",
                handle ->
                        handle.createQuery(
                                        "select exists (select 1 from users where role = 'admin')")
                                .mapTo(Boolean.class)
                                .one());
    }

    @Override
    public void rehash(UUID userId, String from, String to) {
        database.write(
                "users.rehash",
                handle ->
                        handle.createUpdate(
                                        "update users set password_hash = :to"
                                                + " where id = :id and password_hash = :from")
                                .bind("id", userId)
                                .bind("from", from)
                                .bind("to", to)
                                .execute());
    }

    @Override
    public Optional<User> setTimeZone(UUID userId, String timeZone) {
        return database.write(
                "users.set_time_zone",
                handle ->
                        handle.createQuery(
                                        "update users set time_zone = :zone where id = :id"
                                                + " returning *")
                                .bind("id", userId)
                                .bind("zone", timeZone)
                                .map(PgUsers::user)
                                .findOne());
    }

    private static Role role(Handle handle, Admission admission) {
        return switch (admission) {
            case USER -> Role.USER;
            case ADMIN -> Role.ADMIN;
            case FIRST_IS_ADMIN -> isFirst(handle) ? Role.ADMIN : Role.USER;
        };
    }

    /** Looks again once it holds the lock: who had it before has committed an account by then. */
    private static boolean isFirst(Handle handle) {
        if (hasUsers(handle)) {
            return false;
        }
        handle.createQuery("select pg_advisory_xact_lock(:lock)::text")
                .bind("lock", FIRST_ACCOUNT_LOCK)
                .mapTo(String.class)
                .one();
        return !hasUsers(handle);
    }

    private static boolean hasUsers(Handle handle) {
        return handle.createQuery("select exists (select 1 from users)").mapTo(Boolean.class).one();
    }

    private static Optional<User> insert(
            Handle handle, String email, String passwordHash, Role role) {
        return handle.createQuery(
                        """
                        insert into users (id, email, role, password_hash)
                        values (:id, :email, :role, :hash)
                        on conflict (lower(email)) do nothing
                        returning *\
                        """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("email", email)
                .bind("role", role.name().toLowerCase(Locale.ROOT))
                .bind("hash", passwordHash)
                .map(PgUsers::user)
                .findOne();
    }

    private static void furnish(Handle handle, User user) {
        PgCollections.createPersonal(handle, user.id());
        String role = user.role().name().toLowerCase(Locale.ROOT);
        PgAudit.add(handle, Optional.of(user.id()), Audit.Action.REGISTER, Map.of("role", role));
    }

    private static Credentials credentials(ResultSet row, StatementContext context)
            throws SQLException {
        return new Credentials(
                user(row, context),
                row.getString("password_hash"),
                Rows.instant(row, "disabled_at").isPresent());
    }

    private static User user(ResultSet row, StatementContext context) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("email"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getString("time_zone"),
                Rows.instant(row, "created_at").orElseThrow());
    }
}
