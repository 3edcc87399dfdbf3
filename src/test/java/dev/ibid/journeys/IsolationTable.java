package dev.ibid.journeys;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Whose ids each operation takes, and what they are worth to others. */
final class IsolationTable {

    /**
     * Every operation of the contract, and what is to happen at each of its places for an id when
     * it is somebody else's: 404 as for an unknown one, or an answer with nothing of theirs in it.
     */
    private static final String TABLE =
            """
            register
            login
            refresh
            logout
            changePassword
            getMe
            updateMe
            uploadFiles         form:collectionId    collection   404
            listFiles           query:collectionId   collection   nothing
            getFile             path:id              document     404
            deleteFile          path:id              document     404
            getFileContent      path:id              document     404
            listFileChunks      path:id              document     404
            createCollection
            listCollections
            getCollection       path:id              collection   404
            updateCollection    path:id              collection   404
            deleteCollection    path:id              collection   404
            search              body:collectionIds   collection   nothing
            search              body:documentIds     document     nothing
            chat                body:conversationId  conversation 404
            chat                body:collectionIds   collection   nothing
            chat                body:documentIds     document     nothing
            streamMessage       path:messageId       answer       404
            stopMessage         path:messageId       answer       404
            listConversations
            createConversation
            getConversation     path:id              conversation 404
            updateConversation  path:id              conversation 404
            deleteConversation  path:id              conversation 404
            listMessages        path:id              conversation 404
            giveFeedback        path:id              answer       404
            getTrace            path:id              answer       404
            verifyIndex
            rebuildIndex
            getIndexTask        path:id
            getHealth
            getHealthShort
            getLive
            getReady
            getReadyShort
            getDetailed
            getMetrics
            """;

    /** What answers without a credential. */
    static final Set<String> OPEN =
            Set.of(
                    "register",
                    "login",
                    "refresh",
                    "getHealth",
                    "getHealthShort",
                    "getLive",
                    "getReady",
                    "getReadyShort",
                    "getDetailed",
                    "getMetrics");

    /**
     * @param place as {@link PublishedApi.Place} writes it, "null" where there is none
     * @param kind of which of {@link Belongings} the id is
     */
    record Row(String operation, String place, String kind, String outcome) {

        static Row of(String line) {
            String[] words = Arrays.copyOf(line.strip().split("\\s+"), 4);
            return new Row(words[0], String.valueOf(words[1]), words[2], words[3]);
        }
    }

    private IsolationTable() {}

    static Stream<Row> rows() {
        return TABLE.lines().map(Row::of);
    }
}
