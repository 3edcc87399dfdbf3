package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.auth.Audit;
import dev.ibid.json.Json;

import org.jdbi.v3.core.Handle;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The audit log; rows are only ever added. */
public final class PgAudit implements Audit {

    private final Database database;

    public PgAudit(Database database) {
        this.database = database;
    }

    @Override
    public void loginFailed(Optional<UUID> userId, String address) {
        database.write(
                "audit.login_failed",
                handle -> add(handle, userId, Action.LOGIN_FAILED, Map.of("address", address)));
    }

    /** Part of the transaction that does what is written down. */
    static int add(
            Handle handle, Optional<UUID> userId, Action action, Map<String, String> details) {
        return handle.createUpdate(
                        """
                        insert into audit_log (id, user_id, action, details)
                        values (:id, :user, :action, :details::jsonb)\
                        """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("user", userId)
                .bind("action", action.name().toLowerCase(Locale.ROOT))
                .bind("details", Json.text(details))
                .execute();
    }
}
