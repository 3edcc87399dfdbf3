package dev.ibid.store.postgres;

import dev.ibid.http.IdempotencyKeys;
import dev.ibid.json.Json;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;

/** Keys and the answers under them; a claim is a row without an answer. */
public final class PgIdempotencyKeys implements IdempotencyKeys {

    private final Database database;

    public PgIdempotencyKeys(Database database) {
        this.database = database;
    }

    @Override
    public Found claim(Scope scope, byte[] requestHash) {
        Found.Claim claim = new Found.Claim(scope, UUID.randomUUID());
        return database.write(
                "idempotency.claim",
                handle ->
                        take(handle, claim, requestHash)
                                ? claim
                                : lookUp(handle, scope, requestHash));
    }

    @Override
    public void keep(Found.Claim claim, Answer answer) {
        database.write(
                "idempotency.keep",
                handle ->
                        handle.createUpdate(
                                        """
                                        update idempotency_keys set response = :response::jsonb
                                        where user_id = :userId and route = :route and key = :key and claim = :claim\
                                        """)
                                .bindMethods(claim.scope())
                                .bind("claim", claim.id())
                                .bind("response", Json.text(answer))
                                .execute());
    }

    @Override
    public void free(Found.Claim claim) {
        database.write(
                "idempotency.free",
                handle ->
                        handle.createUpdate(
                                        """
                                        delete from idempotency_keys
                                        where user_id = :userId and route = :route and key = :key and claim = :claim
                                            and response is null\
                                        """)
                                .bindMethods(claim.scope())
                                .bind("claim", claim.id())
                                .execute());
    }

    @Override
    public void renew(Collection<UUID> claims) {
        if (claims.isEmpty()) {
            return;
        }
        database.write(
                "idempotency.renew",
                handle ->
                        handle.createUpdate(
                                        "update idempotency_keys set claimed_at = now() where claim = any(:claims) and response is null")
                                .bindArray("claims", UUID.class, claims)
                                .execute());
    }

    @Override
    public int freeAll() {
        return database.write(
                "idempotency.free_all",
                handle -> handle.execute("delete from idempotency_keys where response is null"));
    }

    @Override
    public int sweep() {
        return database.write(
                "idempotency.sweep",
                handle ->
                        handle.createUpdate(
                                        """
                                        delete from idempotency_keys
                                        where created_at < now() - :kept and (response is not null or claimed_at < now() - :life)\
                                        """)
                                .bind("kept", KEPT)
                                .bind("life", CLAIM_LIFE)
                                .execute());
    }

    private static boolean take(Handle handle, Found.Claim claim, byte[] requestHash) {
        return handle.createUpdate(
                                """
                                insert into idempotency_keys as k (user_id, route, key, request_hash, claim)
                                values (:userId, :route, :key, :hash, :claim)
                                on conflict (user_id, route, key) do update
                                set request_hash = excluded.request_hash, response = null, claim = excluded.claim,
                                    claimed_at = now(), created_at = now()
                                where case when k.response is null
                                    then k.claimed_at < now() - :life and k.request_hash = excluded.request_hash
                                    else k.created_at < now() - :kept end\
                                """)
                        .bindMethods(claim.scope())
                        .bind("hash", requestHash)
                        .bind("claim", claim.id())
                        .bind("kept", KEPT)
                        .bind("life", CLAIM_LIFE)
                        .execute()
                == 1;
    }

    /**
     * A row that is gone by now was freed a moment ago: the next attempt will find the key free.
     */
    private static Found lookUp(Handle handle, Scope scope, byte[] requestHash) {
        return handle.createQuery(
                        """
                        select request_hash, response from idempotency_keys
                        where user_id = :userId and route = :route and key = :key\
                        """)
                .bindMethods(scope)
                .map((row, context) -> found(row, requestHash))
                .findOne()
                .orElseGet(Found.UnderWay::new);
    }

    private static Found found(ResultSet row, byte[] requestHash) throws SQLException {
        if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
            return new Found.OtherRequest();
        }
        String response = row.getString("response");
        return response == null
                ? new Found.UnderWay()
                : new Found.Answered(Json.read(response, Answer.class));
    }
}
