package dev.ibid.documents;

import java.time.Instant;
import java.util.UUID;

/**
 * A set of documents that are read together and shared together.
 *
 * @param personal the one that everybody has; it is neither shared nor deleted
 * @param role what the person who asks may do in it
 */
public record Collection(
        UUID id,
        String name,
        boolean personal,
        MemberRole role,
        long documents,
        Instant createdAt) {}
