package dev.ibid.chat;

import dev.ibid.failure.Failure;
import dev.ibid.http.EventLog;
import dev.ibid.http.Exchange;
import dev.ibid.http.Operations;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.text.TextGate;
import dev.ibid.threads.RequestThreads;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class ChatRoutes implements Routes {

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final RequestThreads threads;
    private final Answering answering;
    private final Generations generations;
    private final ConversationOpener opener;
    private final Conversations conversations;
    private final Messages messages;

    ChatRoutes(
            RequestThreads threads,
            Answering answering,
            Generations generations,
            ConversationOpener opener,
            Conversations conversations,
            Messages messages) {
        this.threads = threads;
        this.answering = answering;
        this.generations = generations;
        this.opener = opener;
        this.conversations = conversations;
        this.messages = messages;
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("chat", this::chat)
                .on("streamMessage", this::stream)
                .on("stopMessage", this::stop)
                .on("listConversations", this::list)
                .on("createConversation", this::create)
                .on("getConversation", this::get)
                .on("updateConversation", this::update)
                .on("deleteConversation", this::delete)
                .on("listMessages", this::listMessages)
                .on("giveFeedback", this::giveFeedback)
                .on("getTrace", this::getTrace);
    }

    record Answer(UUID conversationId, Message message) {}

    record NewConversation(@Nullable String title, @Nullable String assistant) {}

    record Change(@Nullable String title, @Nullable Boolean archived) {}

    private Reply chat(Exchange exchange) {
        boolean streamed = exchange.header("Accept").orElse("").contains("text/event-stream");
        Generation generation =
                answering.ask(
                        new Asking(
                                exchange.caller(),
                                exchange.body(ChatRequest.class),
                                streamed,
                                exchange.requestId()));
        if (streamed) {
            return generation.read(0);
        }
        exchange.whenGone(generation::askerLeft);
        return switch (generation.await()) {
            case Generation.End.Done done ->
                    Reply.ok(new Answer(generation.turn().conversationId(), done.message()));
            case Generation.End.Failed failed -> throw failed.cause();
        };
    }

    private Reply stream(Exchange exchange) {
        UUID id = exchange.pathId("messageId");
        Optional<Generation> generation = generations.find(exchange.caller().userId(), id);
        return generation.isPresent()
                ? generation.get().read(lastEvent(exchange))
                : kept(answer(exchange, id));
    }

    private static Reply kept(Message message) {
        if (message.status() == Message.Status.RUNNING) {
            throw Failure.of(
                    Failure.Kind.CONFLICT,
                    "answered_elsewhere",
                    "This answer is not finished, and not written by the process that you reached. Read the conversation in a moment.");
        }
        EventLog log = new EventLog();
        log.end("done", Map.of("message", message));
        return new Reply.Events(log, 0, null);
    }

    private Reply stop(Exchange exchange) {
        UUID id = exchange.pathId("messageId");
        generations
                .find(exchange.caller().userId(), id)
                .ifPresent(generation -> {
                    generation.draft().stop();
                    generation.await(STOPPING);
                });
        return Reply.ok(answer(exchange, id));
    }

    private Reply list(Exchange exchange) {
        Conversations.Filter filter =
                new Conversations.Filter(
                        exchange.query("q")
                                .map(String::strip)
                                .filter(text -> !text.isEmpty())
                                .orElse(null),
                        exchange.query("archived").map(Boolean::valueOf).orElse(false));
        return Reply.ok(conversations.list(exchange.caller().userId(), filter, exchange.page()));
    }

    private Reply create(Exchange exchange) {
        NewConversation wanted =
                exchange.hasBody()
                        ? exchange.body(NewConversation.class)
                        : new NewConversation(null, null);
        return Reply.created(
                opener.begin(exchange.caller().userId(), wanted.assistant(), wanted.title()));
    }

    private Reply get(Exchange exchange) {
        return Reply.ok(
                conversations
                        .find(exchange.caller().userId(), exchange.pathId("id"))
                        .orElseThrow(ChatRoutes::noConversation));
    }

    private Reply update(Exchange exchange) {
        Change change = exchange.body(Change.class);
        @Nullable String title = change.title() == null ? null : TextGate.line(change.title());
        return Reply.ok(
                conversations
                        .change(
                                exchange.caller().userId(),
                                exchange.pathId("id"),
                                title,
                                change.archived())
                        .orElseThrow(ChatRoutes::noConversation));
    }

    private Reply delete(Exchange exchange) {
        UUID id = exchange.pathId("id");
        if (!conversations.delete(exchange.caller().userId(), id)) {
            throw noConversation();
        }
        generations.forget(id);
        return Reply.noContent();
    }

    private Reply listMessages(Exchange exchange) {
        return Reply.ok(
                messages.list(exchange.caller().userId(), exchange.pathId("id"), exchange.page())
                        .orElseThrow(ChatRoutes::noConversation));
    }

    private Reply giveFeedback(Exchange exchange) {
        if (!messages.rate(
                exchange.caller().userId(), exchange.pathId("id"), exchange.body(Feedback.class))) {
            throw noAnswer();
        }
        return Reply.noContent();
    }

    private Reply getTrace(Exchange exchange) {
        return Reply.ok(
                messages.trace(exchange.caller().userId(), exchange.pathId("id"))
                        .orElseThrow(ChatRoutes::noAnswer));
    }

    private Message answer(Exchange exchange, UUID id) {
        return messages.find(exchange.caller().userId(), id)
                .filter(message -> message.role() == Message.Role.ASSISTANT)
                .orElseThrow(ChatRoutes::noAnswer);
    }

    private static long lastEvent(Exchange exchange) {
        try {
            return exchange.header("Last-Event-ID").map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException notOurs) {
            throw Failure.invalid(
                    "Last-Event-ID",
                    "Last-Event-ID must be the number of an event, or be left out.");
        }
    }

    private static Failure noConversation() {
        return Failure.notFound("conversation");
    }

    private static Failure noAnswer() {
        return Failure.notFound("answer");
    }
}
