package dev.ibid.ingestion;

/** What is being done with a document version. */
public enum Stage {
    PARSING,
    EMBEDDING
}
