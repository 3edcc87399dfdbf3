package dev.ibid.models;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param turns the conversation in order, the last by the user
 * @param maxOutputTokens instead of the configured number
 * @param temperature instead of the configured one
 */
public record Prompt(
        List<Turn> turns, @Nullable Integer maxOutputTokens, @Nullable Double temperature) {

    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public record Turn(Role role, String text) {

        public Turn {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a turn of a prompt must not be blank");
            }
        }

        public static Turn system(String text) {
            return new Turn(Role.SYSTEM, text);
        }

        public static Turn user(String text) {
            return new Turn(Role.USER, text);
        }

        public static Turn assistant(String text) {
            return new Turn(Role.ASSISTANT, text);
        }
    }

    public Prompt {
        turns = List.copyOf(turns);
        if (turns.isEmpty() || turns.getLast().role() != Role.USER) {
            throw new IllegalArgumentException("a prompt must end with a turn of the user's");
        }
    }

    public static Prompt of(Turn... turns) {
        return new Prompt(List.of(turns), null, null);
    }
}
