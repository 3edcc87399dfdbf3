package dev.ibid.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.chat.Conversations.Filter;
import dev.ibid.chat.Messages.Place;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PgConversationsTest {

    private static final Database DATABASE = TestDatabase.fresh();
    private static final Filter ALL = new Filter(null, false);

    private final Shelf shelf = new Shelf(DATABASE, (text, ordinal) -> new float[0]);
    private final Conversations conversations = new PgConversations(DATABASE);
    private final Messages messages = new PgMessages(DATABASE);
    private final UUID ada = shelf.person("ada").userId();
    private final UUID eve = shelf.person("eve").userId();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aConversationIsFoundByItsPersonOnly() {
        Conversation begun = conversations.create(ada, "documents", "Notice");

        assertThat(conversations.find(ada, begun.id())).contains(begun);
        assertThat(conversations.find(eve, begun.id())).isEmpty();
        assertThat(conversations.change(eve, begun.id(), "Mine", null)).isEmpty();
        assertThat(conversations.delete(eve, begun.id())).isFalse();
        assertThat(conversations.find(ada, begun.id())).contains(begun);
    }

    @Test
    void theSameSessionIsTheSameConversationForOnePersonAndAnotherForTheNext() {
        Place session = new Place.OfSession("documents", "tab-1", "First question");
        Messages.Turn first = messages.begin(ada, session, "First question");
        messages.interruptRunning();

        Messages.Turn second = messages.begin(ada, session, "Second question");

        assertThat(first.opens()).isTrue();
        assertThat(second.opens()).isFalse();
        assertThat(second.conversationId()).isEqualTo(first.conversationId());
        assertThat(second.question().parentId()).isEqualTo(first.answer().id());
        assertThat(messages.begin(eve, session, "Hers").conversationId())
                .isNotEqualTo(first.conversationId());
    }

    @Test
    void aSessionThatBeginsTwiceAtOnceIsOneConversation() throws Exception {
        Place session = new Place.OfSession("documents", "race", "At once");
        List<Future<Messages.Turn>> turns;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Messages.Turn> begin = () -> messages.begin(ada, session, "At once");
            turns = threads.invokeAll(List.of(begin, begin, begin, begin));
        }

        assertThat(turns.stream().filter(turn -> turn.state() == Future.State.SUCCESS)).hasSize(1);
        assertThat(all(ada, new Filter("At once", false), 10)).hasSize(1);
    }

    @Test
    void aQuestionThatIsRefusedLeavesNoConversationBehind() {
        Place fresh = new Place.Fresh("documents", "Refused");

        assertThatThrownBy(() -> messages.begin(ada, fresh, "Cut \0 off"))
                .isInstanceOf(RuntimeException.class);

        assertThat(all(ada, new Filter("Refused", false), 10)).isEmpty();
    }

    @Test
    void theOneLastSpokenInIsListedFirstPageByPage() {
        UUID first = conversations.create(ada, "documents", "First").id();
        UUID second = conversations.create(ada, "documents", "Second").id();
        UUID third = conversations.create(ada, "documents", "Third").id();
        messages.begin(ada, new Place.Existing(first), "Anything new?");

        List<UUID> listed = all(ada, ALL, 2);

        assertThat(listed).containsExactly(first, third, second);
    }

    @ParameterizedTest
    @CsvSource({
        "NOTICE, true",
        "manag, true",
        "100%_sure, true",
        "100x_sure, false",
        "unicorn, false"
    })
    void titlesAndMessagesAreSearchedForTextAsItIsWritten(String text, boolean found) {
        UUID conversation = conversations.create(ada, "documents", "The notice period").id();
        messages.begin(ada, new Place.Existing(conversation), "And for managers? I am 100%_sure.");

        List<UUID> listed = all(ada, new Filter(text, false), 10);

        assertThat(listed.contains(conversation)).isEqualTo(found);
    }

    @Test
    void whatWasPutAwayIsListedApartAndCanBeTakenOutAgain() {
        UUID conversation = conversations.create(ada, "documents", "Old").id();
        conversations.change(ada, conversation, null, true);

        assertThat(all(ada, ALL, 10)).doesNotContain(conversation);
        assertThat(all(ada, new Filter(null, true), 10)).containsExactly(conversation);
        Conversation out =
                conversations.change(ada, conversation, "Not so old", false).orElseThrow();
        assertThat(out.archivedAt()).isNull();
        assertThat(out.title()).isEqualTo("Not so old");
    }

    @Test
    void deletingTakesTheMessagesAlong() {
        UUID conversation = conversations.create(ada, "documents", "Gone").id();
        UUID answer =
                messages.begin(ada, new Place.Existing(conversation), "Question").answer().id();

        boolean deleted = conversations.delete(ada, conversation);

        assertThat(deleted).isTrue();
        assertThat(messages.find(ada, answer)).isEmpty();
    }

    @Test
    void aForgedCursorIsRefused() {
        String forged =
                Base64.getUrlEncoder()
                        .encodeToString(
                                "yesterday".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThatThrownBy(() -> conversations.list(ada, ALL, Page.of(10, forged)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cursor");
    }

    private List<UUID> all(UUID userId, Filter filter, int limit) {
        List<UUID> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Listing<Conversation> page = conversations.list(userId, filter, Page.of(limit, cursor));
            page.items().forEach(conversation -> all.add(conversation.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }
}
