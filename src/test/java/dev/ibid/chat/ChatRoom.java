package dev.ibid.chat;

import com.github.benmanes.caffeine.cache.Ticker;

import dev.ibid.auth.Caller;
import dev.ibid.http.EventLogReader;
import dev.ibid.knowledge.Chunks;
import dev.ibid.knowledge.Contents;
import dev.ibid.knowledge.Copy;
import dev.ibid.knowledge.DenseWeight;
import dev.ibid.knowledge.Follower;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.knowledge.Library;
import dev.ibid.knowledge.Retrieval;
import dev.ibid.knowledge.Shelf;
import dev.ibid.knowledge.VectorIndex;
import dev.ibid.store.lucene.LuceneLexicalIndex;
import dev.ibid.store.lucene.LuceneVectorIndex;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgContents;
import dev.ibid.store.postgres.PgConversations;
import dev.ibid.store.postgres.PgLibrary;
import dev.ibid.store.postgres.PgMessages;
import dev.ibid.testing.TestDatabase;
import dev.ibid.threads.RequestThreads;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The chat room without a door, over a real database and real indexes. Found by words alone: no
 * vector is like any question's.
 */
final class ChatRoom implements AutoCloseable {

    private static final int DIMENSION = 8;
    private static final Pattern EVENT = Pattern.compile("^event: (.*)$", Pattern.MULTILINE);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Shelf shelf;
    final Conversations conversations;
    final Messages messages;
    final Generations generations = new Generations(Ticker.systemTicker());
    final Answering answering;
    final LexicalIndex words;
    private final Database database = TestDatabase.fresh();
    private final RequestThreads writers = new RequestThreads("test-answers", 8);
    private final VectorIndex vectors;
    private final List<Follower> followers;

    ChatRoom(Path folder, Duration grace, Function<LexicalIndex, Answerer> answerer) {
        shelf = new Shelf(database, (text, ordinal) -> Chunks.vector(DIMENSION, 1, 1.5));
        conversations = new PgConversations(database);
        messages = new PgMessages(database);
        words = new LuceneLexicalIndex(folder.resolve("words"), Chunks.HERE);
        vectors = new LuceneVectorIndex(folder.resolve("vectors"), Chunks.HERE, DIMENSION);
        Library library = new PgLibrary(database);
        Contents contents = new PgContents(database);
        followers =
                List.of(
                        new Follower(Copy.ofWords(contents, words)),
                        new Follower(Copy.ofVectors(contents, vectors, Shelf.FINGERPRINT)));
        followers.forEach(Follower::start);
        Retrieval.Dense dense =
                new Retrieval.Dense(
                        vectors,
                        query -> Chunks.vector(DIMENSION, 2, 1.5),
                        DenseWeight.englishOnly());
        Retrieval retrieval = new Retrieval(library, words, dense, followers, meters);
        ChatConfig config = new ChatConfig(.7, 5, 200, 20, grace);
        ChatMeters chatMeters = new ChatMeters(meters);
        answering =
                new Answering(
                        config,
                        writers,
                        new Opening(config, conversations, chatMeters),
                        messages,
                        new Finding(config, retrieval),
                        answerer.apply(words),
                        generations,
                        chatMeters);
    }

    /** Somebody with a document for each text. */
    Caller person(String... documents) {
        Caller person = shelf.person("ada");
        UUID collection = shelf.collection(person);
        for (String document : documents) {
            shelf.document(collection, person, List.of(document));
        }
        return person;
    }

    static ChatRequest question(String message) {
        return new ChatRequest(message, null, null, null, null, null);
    }

    static ChatRequest question(String message, UUID conversationId) {
        return new ChatRequest(message, conversationId, null, null, null, null);
    }

    Message answer(Caller caller, ChatRequest request) {
        return answer(answering.ask(caller, request, false));
    }

    static Message answer(Generation generation) {
        return switch (generation.await()) {
            case Generation.End.Done done -> done.message();
            case Generation.End.Failed failed -> throw failed.cause();
        };
    }

    /** The names of the events, in order. */
    static List<String> events(Generation generation) {
        return EVENT.matcher(EventLogReader.after(generation.read(0).log(), 0))
                .results()
                .map(event -> event.group(1))
                .toList();
    }

    @Override
    public void close() {
        generations.stopAll();
        writers.close();
        followers.forEach(Follower::close);
        vectors.close();
        words.close();
        database.close();
    }
}
