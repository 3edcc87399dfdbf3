package dev.ibid.chat;

import dev.ibid.config.Settings;

import java.time.Duration;

/**
 * How questions are answered.
 *
 * @param similarityThreshold on {@code (1 + cosine) / 2}; see {@link dev.ibid.knowledge.Relevance}
 * @param maxPassages the most passages that an answer is made from
 * @param maxMessageLength in code points
 * @param historyMessages how many earlier messages are looked at
 * @param streamGrace how long an answer goes on that nobody reads or waits for
 */
public record ChatConfig(
        double similarityThreshold,
        int maxPassages,
        int maxMessageLength,
        int historyMessages,
        Duration streamGrace) {

    private static final Duration LONGEST_GRACE = Messages.LONGEST_ANSWER;

    public static ChatConfig from(Settings settings) {
        return new ChatConfig(
                settings.decimal(
                                "SIMILARITY_THRESHOLD",
                                "How near a passage must be to a question, on (1 + cosine) / 2.")
                        .where(share -> share >= 0 && share <= 1, "from 0 to 1")
                        .or(.7),
                settings.integer(
                                "MAX_VECTOR_RESULTS",
                                "The most passages that an answer is made from.")
                        .where(count -> count >= 1 && count <= 50, "from 1 to 50")
                        .or(5),
                settings.integer(
                                "MAX_MESSAGE_LENGTH",
                                "The longest question, in characters (code points).")
                        .where(length -> length >= 1 && length <= 100_000, "from 1 to 100000")
                        .or(2000),
                settings.integer(
                                "HISTORY_MESSAGES",
                                "How many earlier messages of a conversation an answer takes into account.")
                        .where(count -> count >= 0 && count <= 200, "from 0 to 200")
                        .or(20),
                settings.duration(
                                "STREAM_GRACE",
                                "How long an answer goes on that nobody reads or waits for any more, so that a reader whose connection broke can come back; 0s stops it at once.")
                        .where(grace -> grace.compareTo(LONGEST_GRACE) <= 0, "at most 15 minutes")
                        .or(Duration.ofSeconds(10)));
    }
}
