import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/** Counts how often some bytes come by, wherever packets are cut. */
final class Marks {

    private final byte[] mark;
    private int matched;
    private int count;

    /**
     * @param mark its first byte occurs again at most as its last
     */
    Marks(String mark) {
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    }

    /** How many ended in this packet. */
    int in(Buffer packet) {
        int before = count;
        for (int at = 0; at < packet.length(); at++) {
            byte next = packet.getByte(at);
            matched = next == mark[matched] ? matched + 1 : next == mark[0] ? 1 : 0;
            if (matched == mark.length) {
                count++;
                matched = next == mark[0] ? 1 : 0;
            }
        }
        return count - before;
    }

    int count() {
        return count;
    }
}
