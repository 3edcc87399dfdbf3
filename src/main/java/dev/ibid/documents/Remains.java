package dev.ibid.documents;

import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * A store in which something of a document may be left after its deletion.
 *
 * @param store its name on the receipt
 * @param count how many pieces of a document it holds
 * @param compact frees what it has deleted but still keeps
 */
public record Remains(String store, ToLongFunction<UUID> count, Runnable compact) {}
