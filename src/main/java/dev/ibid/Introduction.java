package dev.ibid;

import java.net.URI;
import java.util.List;

/** What is printed once the server is up. */
final class Introduction {

    private Introduction() {}

    static List<String> of(Configuration configuration, URI uri, Rooms.Plan rooms) {
        return List.of(
                "",
                "Ibid "
                        + Version.current()
                        + " is up ("
                        + configuration.mode().name().toLowerCase(java.util.Locale.ROOT)
                        + " mode)",
                "  Open    " + uri,
                "  Data    " + configuration.folders().data(),
                "  Answers " + rooms.answers(),
                "  Finds   by " + rooms.finds(),
                "  Next    " + next(configuration, uri),
                "");
    }

    private static String next(Configuration configuration, URI uri) {
        return switch (configuration.mode()) {
            case LOCAL ->
                    "register at "
                            + uri
                            + "/api/docs (the first account is the administrator), upload a file, ask about it";
            case PRODUCTION ->
                    "if there is no administrator yet, make one: ibid create-admin EMAIL";
        };
    }
}
