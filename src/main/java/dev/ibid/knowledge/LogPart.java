package dev.ibid.knowledge;

import java.util.List;

/**
 * A part of the log, read at one moment.
 *
 * @param head the number of the last change that was committed, 0 for none
 * @param entries in order
 */
public record LogPart(long head, List<LogEntry> entries) {

    public LogPart {
        entries = List.copyOf(entries);
    }
}
