package dev.ibid.store.postgres;

import dev.ibid.documents.Document;
import dev.ibid.documents.DocumentChanges;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

public final class PgDocumentChanges implements DocumentChanges {

    private final Database database;

    public PgDocumentChanges(Database database) {
        this.database = database;
    }

    @Override
    public Concerned concerned(Set<UUID> watching, Instant since) {
        return database.read(
                "changes.concerned",
                handle -> {
                    Instant asOf =
                            handle.createQuery("select now()")
                                    .mapTo(OffsetDateTime.class)
                                    .one()
                                    .toInstant();
                    return new Concerned(asOf, people(handle, watching, since));
                });
    }

    private static Set<UUID> people(Handle handle, Set<UUID> watching, Instant since) {
        return handle.createQuery(
                        """
                        select m.user_id from document_versions v
                        join documents d on d.id = v.document_id
                        join collection_members m on m.collection_id = d.collection_id and m.user_id = any(:watching)
                        where v.changed_at > :since
                        union
                        select m.user_id from documents d
                        join collection_members m on m.collection_id = d.collection_id and m.user_id = any(:watching)
                        where d.deleted_at > :since\
                        """)
                .bindArray("watching", UUID.class, watching.toArray())
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .set();
    }

    @Override
    public Changes of(UUID userId, Instant since) {
        return database.read(
                "changes.of",
                handle ->
                        new Changes(
                                changed(handle, userId, since), deleted(handle, userId, since)));
    }

    private static List<Document> changed(Handle handle, UUID userId, Instant since) {
        return handle.createQuery(
                        DocumentRow.SELECT
                                + """
                                and (v.changed_at > :since or p.changed_at > :since
                                     or exists (select 1 from ingestion_jobs j where j.document_id = d.id)) order by d.id\
                                """)
                .bind("user", userId)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map(DocumentRow::document)
                .list();
    }

    private static List<UUID> deleted(Handle handle, UUID userId, Instant since) {
        return handle.createQuery(
                        """
                        select d.id from documents d
                        join collection_members m on m.collection_id = d.collection_id and m.user_id = :user
                        where d.deleted_at > :since order by d.deleted_at\
                        """)
                .bind("user", userId)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list();
    }
}
