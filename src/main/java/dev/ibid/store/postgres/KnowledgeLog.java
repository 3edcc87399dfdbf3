package dev.ibid.store.postgres;

import dev.ibid.knowledge.LogEntry;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes what changes retrieval into the transaction that changes it. The number comes from one
 * locked row and must be taken last, so that numbers are given in the order of commits, which a
 * sequence does not promise.
 */
final class KnowledgeLog {

    private KnowledgeLog() {}

    static void append(
            Handle transaction,
            LogEntry.Kind kind,
            UUID documentId,
            @Nullable Integer version,
            UUID userId) {
        transaction
                .createUpdate(
                        """
                        with head as (update log_head set number = number + 1 returning number)
                        insert into knowledge_log (number, kind, document_id, version, user_id)
                        select number, :kind, :document, :version, :user from head\
                        """)
                .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                .bind("document", documentId)
                .bind("version", version)
                .bind("user", userId)
                .execute();
        transaction.execute("notify knowledge");
    }

    static void documentsGone(Handle transaction, List<UUID> documentIds, UUID userId) {
        transaction
                .createUpdate(
                        """
                        with head as (update log_head set number = number + :count returning number)
                        insert into knowledge_log (number, kind, document_id, user_id)
                        select number - :count + position, 'document_gone', document_id, :user
                        from head, unnest(:documents) with ordinality as gone (document_id, position)
                        """)
                .bind("count", documentIds.size())
                .bindArray("documents", UUID.class, documentIds.toArray())
                .bind("user", userId)
                .execute();
        transaction.execute("notify knowledge");
    }
}
