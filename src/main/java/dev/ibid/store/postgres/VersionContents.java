package dev.ibid.store.postgres;

import org.jdbi.v3.core.Handle;

import java.util.UUID;

/** What was made of a version's file: its text, its chunks and, with them, their vectors. */
final class VersionContents {

    private VersionContents() {}

    static void remove(Handle handle, UUID documentId, int version) {
        removeChunks(handle, documentId, version);
        handle.createUpdate(
                        "delete from document_texts where document_id = :document and version = :version")
                .bind("document", documentId)
                .bind("version", version)
                .execute();
    }

    /** The text stays: the citations of earlier answers point into it. */
    static void removeChunks(Handle handle, UUID documentId, int version) {
        handle.createUpdate(
                        "delete from chunks where document_id = :document and version = :version")
                .bind("document", documentId)
                .bind("version", version)
                .execute();
    }
}
