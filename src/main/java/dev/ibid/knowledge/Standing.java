package dev.ibid.knowledge;

/**
 * How far an index has followed the log.
 *
 * @param complete whether it has reached the log's end since it was opened, and lost nothing since:
 *     until then searches find only a part
 * @param applied the number of the last entry that searches see
 * @param head the number of the last entry there is, as far as was seen
 * @param unfit versions that the index cannot take
 */
public record Standing(State state, boolean complete, long applied, long head, int unfit) {

    public enum State {
        /** At the end of the log, or a moment behind it. */
        FOLLOWING,
        /** Has not been at the end of the log for a while. */
        BEHIND,
        /** The last attempt to apply something failed; it is tried again. */
        FAILING,
        /** Nobody applies anything any more. */
        STOPPED
    }
}
