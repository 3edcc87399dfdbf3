package dev.ibid.http;

import dev.ibid.threads.RequestThreads;

/** What a room offers over HTTP. */
public interface Routes {

    /** The room's own threads, on which its operations run. */
    RequestThreads threads();

    /** Binds each operation of the contract that this room serves to a method. */
    void bind(Operations operations);
}
