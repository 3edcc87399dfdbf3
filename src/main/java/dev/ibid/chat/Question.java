package dev.ibid.chat;

import dev.ibid.knowledge.Passage;

import java.util.List;

/**
 * A question, ready to be answered.
 *
 * @param standalone the question as it was searched for, understandable without the conversation
 * @param history the messages before it, oldest first
 * @param passages what may be cited, best first; empty when nothing relevant was found
 */
public record Question(
        String asked, String standalone, List<Message> history, List<Passage> passages) {

    public Question {
        history = List.copyOf(history);
        passages = List.copyOf(passages);
    }
}
