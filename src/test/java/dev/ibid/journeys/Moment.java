package dev.ibid.journeys;

import java.util.Locale;

/**
 * A moment in the ingestion of a document: in which write of which transaction, so that something
 * can happen exactly then. Each transaction is met at its first write, when the one before it has
 * just been committed, and in its commit, when it is complete but does not count yet.
 */
enum Moment {
    LEASE_IN_COMMIT(inCommit("update on ingestion_jobs"), "new.attempts > old.attempts"),
    PARSING_BEGINS("before update on document_versions", "new.progress_stage = 'parsing'"),
    AMID_PARSING(
            "before update on document_versions",
            "new.progress_stage = 'parsing' and new.progress_done > 0"),
    TEXT_BEGINS("before insert on document_texts", "true"),
    TEXT_IN_COMMIT(inCommit("insert on document_texts"), "true"),
    CHUNKS_BEGIN("before insert on chunks", "new.ordinal = 0"),
    AMID_CHUNKS("before insert on chunks", "new.ordinal = 7"),
    CHUNKS_IN_COMMIT(
            inCommit("update on document_versions"),
            "old.chunk_count is null and new.chunk_count > 0"),
    EMBEDDING_BEGINS(
            "before update on document_versions",
            "new.progress_stage = 'embedding' and new.progress_done = 0"),
    FIRST_VECTORS_IN_COMMIT(inCommit("update on document_versions"), "new.progress_done = 16"),
    AMID_SECOND_VECTORS("before update on document_versions", "new.progress_done = 32"),
    PUBLISHING_BEGINS("before update on document_versions", "new.state = 'ready'"),
    LOG_BEGINS("before insert on knowledge_log", "true"),
    PUBLISHING_IN_COMMIT(inCommit("insert on knowledge_log"), "true");

    private final String event;
    private final String condition;

    Moment(String event, String condition) {
        this.event = event;
        this.condition = condition;
    }

    private static String inCommit(String event) {
        return "after " + event;
    }

    /** A trigger that calls {@code held()} at this moment. */
    String trigger() {
        boolean inCommit = event.startsWith("after");
        return "create %s trigger held %s %s for each row when (%s) execute function held()"
                .formatted(
                        inCommit ? "constraint" : "",
                        event,
                        inCommit ? "deferrable initially deferred" : "",
                        condition);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
