package dev.ibid.knowledge;

/** A chunk with its vector of unit length. */
public record EmbeddedChunk(Chunk chunk, float[] vector) {}
