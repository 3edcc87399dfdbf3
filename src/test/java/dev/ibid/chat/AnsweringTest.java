package dev.ibid.chat;

import static dev.ibid.chat.ChatRoom.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.ibid.auth.Caller;
import dev.ibid.failure.Failure;
import dev.ibid.http.EventFeed;
import dev.ibid.http.EventLogReader;
import dev.ibid.knowledge.LexicalIndex;
import dev.ibid.listing.Page;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

class AnsweringTest {

    private static final String NOTICE = "The notice period is four weeks to the end of a month.";
    private static final String MANAGERS = "For managers the notice period is three months.";
    private static final String HOLIDAYS = "Everybody has thirty days of holiday a year.";
    private static final String WHALES = "Whales eat krill and sing in the sea.";

    @TempDir private Path folder;

    private ChatRoom room;

    @BeforeEach
    void open() {
        room = new ChatRoom(folder, Duration.ofSeconds(30), ExtractiveAnswers::new);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void anAnswerIsCitedAndKept() {
        Caller ada = room.person(NOTICE, HOLIDAYS, WHALES);

        Generation generation = room.ask(ada, question("What is the notice period?"), false);

        Message answer = ChatRoom.answer(generation);
        assertThat(answer.status()).isEqualTo(Message.Status.COMPLETE);
        assertThat(answer.content()).contains("> " + NOTICE + " [1]");
        assertThat(answer.citations()).extracting(Citation::quote).containsExactly(NOTICE);
        assertThat(answer.model()).isEqualTo("extractive");
        assertThat(room.messages.find(ada.userId(), answer.id())).contains(answer);
        assertThat(ChatRoom.events(generation))
                .containsSubsequence("start", "passages", "delta", "citation", "done")
                .endsWith("done");
    }

    @Test
    void aFollowUpIsUnderstoodFromTheConversation() {
        Caller ada = room.person(NOTICE, MANAGERS, HOLIDAYS, WHALES);
        Generation first = room.ask(ada, question("What is the notice period?"), false);
        ChatRoom.answer(first);
        UUID conversation = first.turn().conversationId();

        Message answer = room.answer(ada, question("And for managers?", conversation));

        assertThat(answer.citations()).extracting(Citation::quote).first().isEqualTo(MANAGERS);
        assertThat(
                        room.messages
                                .trace(ada.userId(), answer.id())
                                .orElseThrow()
                                .get("searched")
                                .asText())
                .isEqualTo("What is the notice period? And for managers?");
    }

    @Test
    void whatTheDocumentsDoNotSayIsNotAnswered() {
        Caller ada = room.person(NOTICE, HOLIDAYS, WHALES);

        Message answer = room.answer(ada, question("Where does the unicorn graze?"));

        assertThat(answer.content()).isEqualTo("Your documents do not say anything about this.");
        assertThat(answer.citations()).isEmpty();
    }

    @Test
    void nobodyIsAnsweredFromSomebodyElsesDocuments() {
        room.person(NOTICE);
        Caller eve = room.person(WHALES);

        Message answer = room.answer(eve, question("What is the notice period?"));

        assertThat(answer.content()).doesNotContain("four weeks");
        assertThat(answer.citations()).isEmpty();
    }

    @Test
    void theTraceTellsWhatBecameOfEachCandidate() {
        Caller ada =
                room.person(
                        NOTICE,
                        "The notice board hangs in the long corridor near the old kitchen.",
                        WHALES);

        Message answer = room.answer(ada, question("What is the notice period for a month?"));

        var candidates =
                room.messages.trace(ada.userId(), answer.id()).orElseThrow().get("candidates");
        assertThat(candidates.findValuesAsText("outcome")).contains("used", "not_relevant");
        assertThat(candidates.get(0).get("score").isNumber()).isTrue();
    }

    @Test
    void whoComesBackReadsTheSameBytesFromWhereTheyLeftOff() {
        Caller ada = room.person(NOTICE, HOLIDAYS);
        Generation generation = room.ask(ada, question("What is the notice period?"), true);
        ChatRoom.answer(generation);
        EventFeed log = generation.read(0).feed();
        String whole = EventLogReader.after(log, 0);

        EventFeed again =
                room.generations.find(ada.userId(), generation.id()).orElseThrow().read(3).feed();

        for (int seen = 0; seen <= EventLogReader.count(log); seen++) {
            String rest = EventLogReader.after(again, seen);
            assertThat(whole).endsWith(rest);
            assertThat(rest.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .isEqualTo(
                            whole.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                                    - EventLogReader.lengthOfFirst(log, seen));
        }
    }

    @Test
    void anAnswerThatEndsWhileTheDatabaseIsAwayIsKeptWhenItIsBack() {
        Caller ada = room.person(NOTICE);
        room.databaseOut.set(true);

        Generation generation = room.ask(ada, question("What is the notice period?"), true);
        await().until(generation::isEnded);

        assertThat(EventLogReader.after(generation.read(0).feed(), 0))
                .contains("event: error", "urn:ibid:problem:not_kept_yet");
        room.databaseOut.set(false);
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> room.messages.find(ada.userId(), generation.id()).orElseThrow(),
                        message -> message.status() == Message.Status.COMPLETE);
    }

    @Test
    void anErrorEndsTheAnswerToo() {
        try (ChatRoom broken =
                new ChatRoom(
                        folder.resolve("broken"),
                        Duration.ofSeconds(30),
                        words -> new ExtractiveAnswers(overflowing()))) {
            Caller ada = broken.person(NOTICE);

            Generation generation = broken.ask(ada, question("What is the notice period?"), true);

            await().until(generation::isEnded);
            assertThat(ChatRoom.events(generation)).endsWith("error");
            assertThat(broken.messages.find(ada.userId(), generation.id()).orElseThrow().status())
                    .isEqualTo(Message.Status.FAILED);
        }
    }

    private static LexicalIndex overflowing() {
        return (LexicalIndex)
                Proxy.newProxyInstance(
                        LexicalIndex.class.getClassLoader(),
                        new Class<?>[] {LexicalIndex.class},
                        (proxy, method, arguments) -> {
                            throw new StackOverflowError();
                        });
    }

    @Test
    void somebodyElsesAnswerCannotBeReadOrStopped() {
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), true);

        assertThat(room.generations.find(room.person().userId(), generation.id())).isEmpty();
    }

    @Test
    void aSessionGoesOnWithItsConversation() {
        Caller ada = room.person(NOTICE, HOLIDAYS);
        ChatRequest first =
                new ChatRequest(
                        "What is the notice period?", null, "tab", null, Set.of(), Set.of());
        ChatRequest second =
                new ChatRequest("How many days of holiday?", null, "tab", null, Set.of(), Set.of());
        Generation before = room.ask(ada, first, false);
        ChatRoom.answer(before);

        Generation after = room.ask(ada, second, false);

        assertThat(after.turn().conversationId()).isEqualTo(before.turn().conversationId());
        assertThat(after.turn().question().parentId()).isEqualTo(before.id());
    }

    @Test
    void aQuestionThatCannotBeAskedLeavesNothingBehind() {
        Caller ada = room.person(NOTICE);
        UUID foreign = room.conversations.create(room.person().userId(), "documents", "Hers").id();

        assertRefused(ada, question("x".repeat(201)), Failure.Kind.INVALID, "message");
        assertRefused(ada, question(" \n "), Failure.Kind.INVALID, "message");
        assertRefused(ada, question("Hers?", foreign), Failure.Kind.NOT_FOUND, null);
        assertRefused(ada, question("Nobody's?", UUID.randomUUID()), Failure.Kind.NOT_FOUND, null);
        assertRefused(
                ada,
                new ChatRequest("Both?", foreign, "tab", null, Set.of(), Set.of()),
                Failure.Kind.INVALID,
                "sessionId");
        assertRefused(
                ada,
                new ChatRequest("Who?", null, null, "oracle", Set.of(), Set.of()),
                Failure.Kind.INVALID,
                "assistant");
        var kept =
                room.conversations.list(
                        ada.userId(), new Conversations.Filter(null, false), Page.of(10, null));
        assertThat(kept.items()).isEmpty();
    }

    @Test
    void aQuestionAsLongAsAllowedIsCountedInCharacters() {
        Caller ada = room.person(NOTICE);

        Message answer = room.answer(ada, question("\uD83E\uDD8A".repeat(200)));

        assertThat(answer.status()).isEqualTo(Message.Status.COMPLETE);
        assertThat(room.meters.counter("chat.requests", "outcome", "complete").count())
                .isEqualTo(1);
    }

    private void assertRefused(
            Caller caller,
            ChatRequest request,
            Failure.Kind kind,
            @org.jspecify.annotations.Nullable String field) {
        assertThatThrownBy(() -> room.ask(caller, request, false))
                .asInstanceOf(type(Failure.class))
                .extracting(Failure::kind, Failure::field)
                .containsExactly(kind, field);
    }
}
