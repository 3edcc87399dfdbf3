package dev.ibid.chat;

import dev.ibid.chat.PassageSelection.Found;

import java.util.List;

/** Makes a question ready to be answered: it stands alone, and the passages for it are found. */
final class Preparation {

    private final ChatConfig config;
    private final Messages messages;
    private final PassageSelection selection;

    Preparation(ChatConfig config, Messages messages, PassageSelection selection) {
        this.config = config;
        this.messages = messages;
        this.selection = selection;
    }

    /** A question, and what was looked at to answer it. */
    record Prepared(Question question, Found found) {

        /** Before anything was found. */
        static Prepared bare(ChatRequest request) {
            String message = request.message();
            return new Prepared(
                    new Question(message, message, List.of(), List.of()), Found.NOTHING);
        }
    }

    Prepared prepare(Asking asking, Messages.Turn turn, StepTimings timings) {
        List<Message> history = timings.timed("history", () -> history(asking, turn));
        String asked = asking.request().message();
        String standalone = QuestionRewriter.standalone(asked, history);
        Found found =
                timings.timed(
                        "find",
                        () -> selection.find(asking.caller(), asking.request(), standalone));
        return new Prepared(new Question(asked, standalone, history, found.passages()), found);
    }

    Trace trace(Prepared prepared, StepTimings timings) {
        return new Trace(
                prepared.question().asked(),
                prepared.question().standalone(),
                config.similarityThreshold(),
                config.maxPassages(),
                prepared.found().candidates(),
                prepared.found().degraded(),
                timings.millis());
    }

    /** What stood before this turn. */
    private List<Message> history(Asking asking, Messages.Turn turn) {
        if (turn.question().parentId() == null) {
            return List.of();
        }
        List<Message> branch =
                messages.activeBranch(
                        asking.caller().userId(),
                        turn.conversationId(),
                        config.historyMessages() + 2);
        return branch.stream()
                .filter(message ->
                        !message.id().equals(turn.question().id())
                                && !message.id().equals(turn.answer().id()))
                .toList();
    }
}
