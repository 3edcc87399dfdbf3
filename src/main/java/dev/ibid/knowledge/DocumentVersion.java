package dev.ibid.knowledge;

import java.util.UUID;

/**
 * One version of one document.
 *
 * @param version from 1
 */
public record DocumentVersion(UUID documentId, int version) {}
