package dev.ibid.knowledge;

import java.util.UUID;

/** A chunk that an index found; {@code score} is comparable only within one answer of one index. */
public record Hit(UUID chunkId, double score) {}
