package dev.ibid.http;

import dev.ibid.auth.Caller;
import dev.ibid.listing.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One request as a room sees it, after the gate and after its input was checked against the contract. */
public interface Exchange {

    /** Who is asking. On an operation that is open to everybody there is no caller and this throws. */
    Caller caller();

    /** The JSON body as a record. */
    <T> T body(Class<T> type);

    /** The body of an upload, unread. */
    BodyStream stream();

    UUID pathId(String name);

    Optional<String> query(String name);

    List<UUID> queryIds(String name);

    /** {@code limit} and {@code cursor}. */
    Page page();

    Optional<String> header(String name);

    /** Where the request came from: the peer, or what a trusted proxy says of it. */
    String clientAddress();

    String requestId();
}
