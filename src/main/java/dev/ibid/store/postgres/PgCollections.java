package dev.ibid.store.postgres;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.ibid.documents.Collection;
import dev.ibid.documents.Collections;
import dev.ibid.documents.MemberRole;
import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

public final class PgCollections implements Collections {

    private static final String SELECT =
            """
            select c.id, c.name, c.personal, m.role, c.created_at,
                   (select count(*) from documents d where d.collection_id = c.id and d.deleted_at is null) as documents
            from collections c join collection_members m on m.collection_id = c.id and m.user_id = :user
            where c.deleted_at is null
            """;

    private final Database database;

    public PgCollections(Database database) {
        this.database = database;
    }

    @Override
    public Collection create(UUID userId, String name) {
        return database.write(
                "collections.create",
                handle -> {
                    UUID id = UuidCreator.getTimeOrderedEpoch();
                    insert(handle, id, userId, name, false);
                    return one(handle, userId, id).orElseThrow();
                });
    }

    /** Part of the transaction that makes an account. */
    static void createPersonal(Handle handle, UUID userId) {
        insert(handle, UuidCreator.getTimeOrderedEpoch(), userId, "Personal", true);
    }

    private static void insert(
            Handle handle, UUID id, UUID ownerId, String name, boolean personal) {
        handle.createUpdate(
                        "insert into collections (id, owner_id, name, personal) values (:id, :owner, :name, :personal)")
                .bind("id", id)
                .bind("owner", ownerId)
                .bind("name", name)
                .bind("personal", personal)
                .execute();
        handle.createUpdate(
                        "insert into collection_members (collection_id, user_id, role) values (:id, :owner, 'owner')")
                .bind("id", id)
                .bind("owner", ownerId)
                .execute();
    }

    @Override
    public Listing<Collection> list(UUID userId, Page page) {
        return database.read(
                "collections.list",
                handle ->
                        Listing.cut(
                                handle.createQuery(
                                                SELECT
                                                        + "and (:after::uuid is null or c.id < :after) order by c.id desc limit :limit")
                                        .bind("user", userId)
                                        .bind("after", page.afterId())
                                        .bind("limit", page.limit() + 1)
                                        .map(PgCollections::collection)
                                        .list(),
                                page,
                                Collection::id));
    }

    @Override
    public Optional<Collection> find(UUID userId, UUID collectionId) {
        return database.read("collections.find", handle -> one(handle, userId, collectionId));
    }

    @Override
    public Collection personal(UUID userId) {
        return database.read(
                "collections.personal",
                handle ->
                        handle.createQuery(SELECT + "and c.personal and c.owner_id = :user")
                                .bind("user", userId)
                                .map(PgCollections::collection)
                                .one());
    }

    @Override
    public void rename(UUID collectionId, String name) {
        database.write(
                "collections.rename",
                handle ->
                        handle.createUpdate("update collections set name = :name where id = :id")
                                .bind("name", name)
                                .bind("id", collectionId)
                                .execute());
    }

    @Override
    public void delete(UUID userId, UUID collectionId) {
        database.write(
                "collections.delete",
                handle -> {
                    handle.createUpdate(
                                    "update collections set deleted_at = now() where id = :id and not personal")
                            .bind("id", collectionId)
                            .execute();
                    PgDocuments.delete(handle, userId, documentsOf(handle, collectionId));
                    return collectionId;
                });
    }

    private static List<UUID> documentsOf(Handle handle, UUID deletedCollection) {
        return handle.createQuery(
                        """
                        select d.id from documents d join collections c on c.id = d.collection_id and c.deleted_at is not null
                        where c.id = :id and d.deleted_at is null\
                        """)
                .bind("id", deletedCollection)
                .mapTo(UUID.class)
                .list();
    }

    private static Optional<Collection> one(Handle handle, UUID userId, UUID collectionId) {
        return handle.createQuery(SELECT + "and c.id = :id")
                .bind("user", userId)
                .bind("id", collectionId)
                .map(PgCollections::collection)
                .findOne();
    }

    private static Collection collection(ResultSet row, StatementContext context)
            throws SQLException {
        return new Collection(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getBoolean("personal"),
                MemberRole.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getLong("documents"),
                Rows.instant(row, "created_at").orElse(Instant.EPOCH));
    }
}
