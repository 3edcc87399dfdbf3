package dev.ibid.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ibid.chat.Messages.Place;
import dev.ibid.chat.Messages.Turn;
import dev.ibid.failure.Failure;
import dev.ibid.knowledge.Shelf;
import dev.ibid.listing.Listing;
import dev.ibid.listing.Page;
import dev.ibid.store.postgres.Database;
import dev.ibid.store.postgres.PgConversations;
import dev.ibid.store.postgres.PgMessages;
import dev.ibid.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PgMessagesTest {

    private static final Database DATABASE = TestDatabase.fresh();

    private final Shelf shelf = new Shelf(DATABASE, (text, ordinal) -> new float[0]);
    private final Conversations conversations = new PgConversations(DATABASE);
    private final Messages messages = new PgMessages(DATABASE);
    private final UUID ada = shelf.person("ada").userId();
    private final UUID eve = shelf.person("eve").userId();
    private final UUID conversation = conversations.create(ada, "documents", "Notice").id();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aTurnIsAQuestionBelowTheLeafAndARunningAnswerBelowIt() {
        Turn first = finished("What is the notice period?");

        Turn turn = messages.begin(ada, new Place.Existing(conversation), "And for managers?");

        assertThat(turn.question().parentId()).isEqualTo(first.answer().id());
        assertThat(turn.answer().parentId()).isEqualTo(turn.question().id());
        assertThat(turn.answer().status()).isEqualTo(Message.Status.RUNNING);
        assertThat(conversations.find(ada, conversation).orElseThrow().activeLeaf())
                .isEqualTo(turn.answer().id());
    }

    @Test
    void whileAnAnswerIsWrittenNoOtherIsBegunInItsConversation() {
        messages.begin(ada, new Place.Existing(conversation), "What is the notice period?");

        assertThatThrownBy(() ->
                        messages.begin(ada, new Place.Existing(conversation), "And for managers?"))
                .asInstanceOf(type(Failure.class))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.CONFLICT);
        assertThat(contents()).containsExactly("What is the notice period?", "");
    }

    @Test
    void ofTwoQuestionsAtTheSameTimeOneIsTaken() throws Exception {
        List<Future<Turn>> turns;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Turn> ask =
                    () -> messages.begin(ada, new Place.Existing(conversation), "At once");
            turns = threads.invokeAll(List.of(ask, ask, ask, ask));
        }

        assertThat(turns.stream().filter(turn -> turn.state() == Future.State.SUCCESS)).hasSize(1);
        assertThat(contents()).containsExactly("At once", "");
    }

    @Test
    void whatAProcessLeftBehindIsInterruptedAtTheNextStartAndInNobodysWay() {
        Turn left =
                messages.begin(ada, new Place.Existing(conversation), "Cut off by a power failure");

        int interrupted = messages.interruptRunning();

        assertThat(interrupted).isPositive();
        Message kept = messages.find(ada, left.answer().id()).orElseThrow();
        assertThat(kept.status()).isEqualTo(Message.Status.INTERRUPTED);
        assertThat(messages.find(ada, left.question().id()).orElseThrow().content())
                .isEqualTo("Cut off by a power failure");
        assertThat(
                        messages.begin(ada, new Place.Existing(conversation), "Again")
                                .question()
                                .parentId())
                .isEqualTo(kept.id());
    }

    @Test
    void anAnswerThatAnotherProcessTookForLeftBehindIsKeptAllTheSame() {
        Turn turn = messages.begin(ada, new Place.Existing(conversation), "Still being answered");
        messages.interruptRunning();

        boolean kept = messages.finish(answered(turn, "Here it is."), trace());

        assertThat(kept).isTrue();
        assertThat(messages.find(ada, turn.answer().id()).orElseThrow())
                .extracting(Message::status, Message::content)
                .containsExactly(Message.Status.COMPLETE, "Here it is.");
    }

    @Test
    void anAnswerIsKeptOnceAndAsItWas() {
        Turn turn =
                messages.begin(ada, new Place.Existing(conversation), "What is the notice period?");
        Message answer = answered(turn, "Four weeks [1].");
        messages.finish(answer, trace());

        boolean again = messages.finish(answered(turn, "Something else."), trace());

        assertThat(again).isFalse();
        assertThat(messages.find(ada, turn.answer().id())).contains(answer);
    }

    @Test
    void theActiveBranchEndsWithTheLeafAndTheTreeHasTheOtherBranchesToo() {
        Turn first = finished("One");
        Turn abandoned = finished("Two");
        setLeaf(first.answer().id());
        Turn other = finished("Two again");

        List<Message> branch = messages.activeBranch(ada, conversation, 3);

        assertThat(branch)
                .extracting(Message::id)
                .containsExactly(first.answer().id(), other.question().id(), other.answer().id());
        assertThat(tree())
                .extracting(Message::id)
                .hasSize(6)
                .contains(abandoned.question().id(), abandoned.answer().id(), other.answer().id());
    }

    @Test
    void messagesAreListedPageByPage() {
        finished("One");
        finished("Two");

        List<String> contents = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Listing<Message> page =
                    messages.list(ada, conversation, Page.of(3, cursor)).orElseThrow();
            page.items().forEach(message -> contents.add(message.content()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(contents).containsExactly("One", "Answer to One", "Two", "Answer to Two");
    }

    @Test
    void somebodyElsesMessagesAreUnknown() {
        Turn turn = finished("What is the notice period?");
        UUID answer = turn.answer().id();

        assertThat(messages.find(eve, answer)).isEmpty();
        assertThat(messages.list(eve, conversation, Page.of(10, null))).isEmpty();
        assertThat(messages.activeBranch(eve, conversation, 10)).isEmpty();
        assertThat(messages.trace(eve, answer)).isEmpty();
        assertThat(messages.rate(eve, answer, new Feedback(Feedback.Rating.UP, null))).isFalse();
        assertThatThrownBy(() -> messages.begin(eve, new Place.Existing(conversation), "Let me in"))
                .asInstanceOf(type(Failure.class))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.NOT_FOUND);
    }

    @Test
    void theTraceIsKeptWithTheAnswer() {
        Turn turn = finished("What is the notice period?");

        var trace = messages.trace(ada, turn.answer().id()).orElseThrow();

        assertThat(trace.at("/millis/find").asLong()).isEqualTo(12);
        assertThat(messages.trace(ada, turn.question().id())).isEmpty();
    }

    @Test
    void theLastWordOfFeedbackCounts() {
        Turn turn = finished("What is the notice period?");
        messages.rate(ada, turn.answer().id(), new Feedback(Feedback.Rating.UP, null));

        boolean rated =
                messages.rate(
                        ada, turn.answer().id(), new Feedback(Feedback.Rating.DOWN, "wrong page"));

        assertThat(rated).isTrue();
        assertThat(feedback(turn.answer().id())).containsExactly("down wrong page");
        assertThat(messages.rate(ada, turn.question().id(), new Feedback(Feedback.Rating.UP, null)))
                .isFalse();
    }

    private Turn finished(String question) {
        Turn turn = messages.begin(ada, new Place.Existing(conversation), question);
        messages.finish(answered(turn, "Answer to " + question), trace());
        return turn;
    }

    private static Message answered(Turn turn, String content) {
        Quote quote =
                new Quote(Passages.of("handbook.txt", "Four weeks, \"at least\"\n日本語"), 0, 10);
        return turn.answer()
                .ended(
                        Message.Status.COMPLETE,
                        content,
                        List.of(quote.citation(1)),
                        "model",
                        new Message.Usage(7, 2));
    }

    private static Trace trace() {
        return new Trace("asked", "searched", .7, 5, List.of(), Set.of(), Map.of("find", 12L));
    }

    private List<Message> tree() {
        return messages.list(ada, conversation, Page.of(100, null)).orElseThrow().items();
    }

    private List<String> contents() {
        return tree().stream().map(Message::content).toList();
    }

    private void setLeaf(UUID leaf) {
        DATABASE.write(
                "test.leaf",
                handle ->
                        handle.execute(
                                "update conversations set active_leaf = ? where id = ?",
                                leaf,
                                conversation));
    }

    private static List<String> feedback(UUID message) {
        return DATABASE.read(
                "test.feedback",
                handle ->
                        handle.createQuery(
                                        "select rating || ' ' || comment from message_feedback where message_id = :id")
                                .bind("id", message)
                                .mapTo(String.class)
                                .list());
    }
}
