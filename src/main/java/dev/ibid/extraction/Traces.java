package dev.ibid.extraction;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was thrown and where, short enough for one line of a log. */
final class Traces {

    private static final int FRAMES = 12;
    private static final int CAUSES = 3;

    private Traces() {}

    static String shortened(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .limit(CAUSES)
                .map(Traces::one)
                .collect(Collectors.joining("; caused by "));
    }

    private static String one(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(", ", words(thrown) + " at ", ""));
    }

    /** A message may quote as much of the file as it likes. */
    private static String words(Throwable thrown) {
        String words = thrown.toString();
        return words.substring(0, Math.min(words.length(), 300));
    }
}
