drop table message_feedback, messages, conversations, knowledge_log, log_head, ingestion_jobs, chunk_vectors, chunks, document_texts,
    document_versions, documents, collection_members, collections, idempotency_keys, audit_log, refresh_tokens, sessions, users;
