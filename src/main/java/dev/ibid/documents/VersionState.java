package dev.ibid.documents;

/**
 * Where a document version stands; each is in exactly one of these, and leaves the working ones by
 * itself.
 */
public enum VersionState {
    QUEUED,
    PARSING,
    EMBEDDING,
    READY,
    FAILED
}
