package dev.ibid.chat;

import static dev.ibid.chat.ChatRoom.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ibid.auth.Caller;
import dev.ibid.config.Secret;
import dev.ibid.failure.Failure;
import dev.ibid.http.EventLogReader;
import dev.ibid.models.ChatModels;
import dev.ibid.models.LanguageModel;
import dev.ibid.models.ModelConfig;
import dev.ibid.models.ModelConfig.Provider;
import dev.ibid.testing.FakeProvider;
import dev.ibid.testing.FakeProviderScript;
import dev.ibid.testing.FakeProviderScript.Ending;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

class ModelAnswersTest {

    private static final Duration GRACE = Duration.ofMillis(300);
    private static final String NOTICE =
            "Welcome to the company. The notice period is four weeks to the end of a month. Enjoy your stay.";
    private static final String HOLIDAYS = "Everybody has thirty days of holiday a year.";

    @TempDir private Path folder;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final FakeProvider provider = new FakeProvider();
    private LanguageModel model;
    private ChatRoom room;

    @BeforeEach
    void open() throws Exception {
        vertx.deployVerticle(provider).toCompletionStage().toCompletableFuture().get();
        ModelConfig config =
                ModelConfig.of(Provider.OPENAI, provider.openAi(), new Secret("key"), "fake-model");
        model = ChatModels.from(config, vertx).orElseThrow();
        room = new ChatRoom(folder, GRACE, words -> new ModelAnswers(model));
    }

    @AfterEach
    void close() throws Exception {
        room.close();
        model.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void theModelsTokensAreCheckedAndCitedAsTheyStream() {
        provider.always(
                FakeProviderScript.of(
                        "It is", " four", " weeks [", "1", "]", " [7", "].", " Ask HR", " [2]."));
        Caller ada = room.person(NOTICE, HOLIDAYS);

        Generation generation = room.ask(ada, question("What is the notice period?"), true);

        Message answer = ChatRoom.answer(generation);
        assertThat(answer.content()).isEqualTo("It is four weeks [1]. Ask HR.");
        assertThat(answer.citations())
                .extracting(Citation::quote)
                .containsExactly("The notice period is four weeks to the end of a month.");
        assertThat(answer.model()).isEqualTo("fake-model");
        assertThat(answer.usage()).isNotNull();
        assertThat(ChatRoom.events(generation))
                .startsWith("start", "passages", "delta")
                .endsWith("done");
        assertThat(room.meters.counter("citations", "outcome", "unknown").count()).isEqualTo(2);
    }

    @Test
    void thePromptHasTheConversationWithoutItsOldMarkersAndThePassagesAsData() {
        provider.always(FakeProviderScript.of("Four weeks [1]."));
        Caller ada = room.person(NOTICE, HOLIDAYS);
        Generation first = room.ask(ada, question("What is the notice period?"), false);
        ChatRoom.answer(first);

        room.answer(
                ada,
                question(
                        "And the notice period to the end of a month?",
                        first.turn().conversationId()));

        var turns = provider.requests().getLast().json().get("messages");
        assertThat(turns.findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "user");
        assertThat(turns.get(1).get("content").asText()).isEqualTo("What is the notice period?");
        assertThat(turns.get(2).get("content").asText()).isEqualTo("Four weeks.");
        assertThat(turns.get(3).get("content").asText())
                .contains("[1] document")
                .contains(NOTICE)
                .endsWith("Question: And the notice period to the end of a month?");
    }

    @Test
    void stoppingCutsTheModelAndKeepsWhatWasWritten() {
        provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.STALLED));
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), false);
        await().until(() -> generation.draft().text().equals("Four weeks"));

        generation.draft().stop();

        Message answer = ChatRoom.answer(generation);
        assertThat(answer.status()).isEqualTo(Message.Status.INTERRUPTED);
        assertThat(answer.content()).isEqualTo("Four weeks");
        assertThat(room.messages.find(ada.userId(), answer.id())).contains(answer);
        await().atMost(Duration.ofSeconds(2)).until(() -> provider.openStreams() == 0);
    }

    @Test
    void aStreamThatNobodyReadsAnyMoreStopsByItself() {
        provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.STALLED));
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), true);
        Runnable leave = generation.read(0).onLeave();

        leave.run();

        assertThat(ChatRoom.answer(generation).status()).isEqualTo(Message.Status.INTERRUPTED);
    }

    @Test
    void aReaderWhoComesBackInTimeKeepsTheAnswerGoing() {
        provider.always(FakeProviderScript.tokens(30, Duration.ofMillis(30)));
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), true);
        generation.read(0).onLeave().run();

        var reader = generation.read(1);

        assertThat(ChatRoom.answer(generation).status()).isEqualTo(Message.Status.COMPLETE);
        assertThat(EventLogReader.ended(reader.feed())).isTrue();
    }

    @Test
    void whoWaitsForJsonIsAnsweredThoughNobodyReadsTheStream() {
        provider.always(FakeProviderScript.tokens(20, Duration.ofMillis(30)));
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), false);

        generation.read(0).onLeave().run();

        assertThat(ChatRoom.answer(generation).status()).isEqualTo(Message.Status.COMPLETE);
    }

    @Test
    void whoWaitedForJsonAndLeftStopsTheAnswer() {
        provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.STALLED));
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), false);

        generation.askerLeft();

        assertThat(ChatRoom.answer(generation).status()).isEqualTo(Message.Status.INTERRUPTED);
        await().atMost(Duration.ofSeconds(2)).until(() -> provider.openStreams() == 0);
    }

    @Test
    void theAnswerOfADeletedConversationIsStoppedAndForgotten() {
        provider.always(FakeProviderScript.of("Four", " weeks").ending(Ending.STALLED));
        Caller ada = room.person(NOTICE);
        Generation generation = room.ask(ada, question("What is the notice period?"), true);
        await().until(() -> generation.draft().text().equals("Four weeks"));

        room.conversations.delete(ada.userId(), generation.turn().conversationId());
        room.generations.forget(generation.turn().conversationId());

        await().atMost(Duration.ofSeconds(2)).until(() -> provider.openStreams() == 0);
        await().until(generation::isEnded);
        await().until(() -> room.generations.find(ada.userId(), generation.id()).isEmpty());
    }

    @Test
    void aBracketWithoutEndInAnEarlierAnswerDoesNoHarm() {
        Message earlier =
                new Message(
                        UUID.randomUUID(),
                        null,
                        Message.Role.ASSISTANT,
                        "[1" + ",1".repeat(100_000),
                        Message.Status.COMPLETE,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Instant.EPOCH);
        Question question = new Question("And?", "And?", List.of(earlier), List.of());

        Prompting.Written written = new Prompting(model).write(question);

        assertThat(written.prompt().turns()).isNotEmpty();
    }

    @Test
    void aModelThatFailsLeavesAFailedMessageAndSaysWhy() {
        provider.always(FakeProviderScript.status(401, "{\"error\":{\"message\":\"bad key\"}}"));
        Caller ada = room.person(NOTICE);

        Generation generation = room.ask(ada, question("What is the notice period?"), true);

        assertThatThrownBy(() -> ChatRoom.answer(generation)).isInstanceOf(Failure.class);
        assertThat(ChatRoom.events(generation)).endsWith("error");
        assertThat(EventLogReader.after(generation.read(0).feed(), 0))
                .contains("\"requestId\":\"" + ChatRoom.REQUEST_ID + "\"");
        assertThat(room.messages.find(ada.userId(), generation.id()).orElseThrow().status())
                .isEqualTo(Message.Status.FAILED);
    }
}
