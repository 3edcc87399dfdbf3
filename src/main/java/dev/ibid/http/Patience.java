package dev.ibid.http;

import java.time.Duration;

/**
 * How long the door waits for a client.
 *
 * @param head from the first byte of a request to the end of its headers
 * @param json for the whole of a JSON body
 * @param pause the longest gap in an upload
 * @param bytesPerSecond what an upload must reach on average after its first {@code pause}
 * @param idle on a connection that nobody owes anything on, or whose answer nobody takes
 */
record Patience(Duration head, Duration json, Duration pause, long bytesPerSecond, Duration idle) {

    static final Patience USUAL =
            new Patience(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    1024,
                    Duration.ofSeconds(60));
}
