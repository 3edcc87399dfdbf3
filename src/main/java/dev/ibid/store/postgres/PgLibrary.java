package dev.ibid.store.postgres;

import dev.ibid.knowledge.Library;
import dev.ibid.knowledge.Scope;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

public final class PgLibrary implements Library {

    private final Database database;

    public PgLibrary(Database database) {
        this.database = database;
    }

    @Override
    public Scope scope(UUID userId, Collection<UUID> collectionIds, Collection<UUID> documentIds) {
        List<UUID> mayRead =
                database.read(
                        "library.scope",
                        handle ->
                                handle.createQuery(
                                                """
                                                select c.id from collections c
                                                join collection_members m on m.collection_id = c.id and m.user_id = :user
                                                where c.deleted_at is null and (:all or c.id = any(:asked))\
                                                """)
                                        .bind("user", userId)
                                        .bind("all", collectionIds.isEmpty())
                                        .bindArray("asked", UUID.class, collectionIds.toArray())
                                        .mapTo(UUID.class)
                                        .list());
        return new Scope(Set.copyOf(mayRead), new HashSet<>(documentIds));
    }

    @Override
    public Map<UUID, ReadableChunk> readable(UUID userId, Collection<UUID> chunkIds) {
        Map<UUID, ReadableChunk> readable = new HashMap<>();
        database.read(
                        "library.readable",
                        handle ->
                                handle.createQuery(
                                                """
                                                select k.*, d.name as document_name from chunks k
                                                join documents d on d.id = k.document_id and d.active_version = k.version
                                                join collections c on c.id = d.collection_id
                                                join collection_members m on m.collection_id = c.id and m.user_id = :user
                                                where k.id = any(:chunks) and d.deleted_at is null and c.deleted_at is null\
                                                """)
                                        .bind("user", userId)
                                        .bindArray("chunks", UUID.class, chunkIds.toArray())
                                        .map((row, context) ->
                                                new ReadableChunk(
                                                        ChunkRows.chunk(row, context),
                                                        row.getString("document_name")))
                                        .list())
                .forEach(found -> readable.put(found.chunk().id(), found));
        return readable;
    }

    @Override
    public long lastChangeBy(UUID userId) {
        return database.read(
                "library.lastChangeBy",
                handle ->
                        handle.createQuery(
                                        "select coalesce(max(number), 0) from knowledge_log where user_id = :user")
                                .bind("user", userId)
                                .mapTo(Long.class)
                                .one());
    }

    @Override
    public long lastChange() {
        return database.read(
                "library.lastChange",
                handle ->
                        handle.createQuery("select number from log_head").mapTo(Long.class).one());
    }
}
