package dev.ibid.auth;

import java.util.UUID;

/** What became of an attempt to exchange a refresh token. */
public sealed interface Rotation {

    record Rotated(LiveSession session) implements Rotation {}

    /** The token had been used before, so somebody has a copy: its session was revoked. */
    record Reused(UUID sessionId) implements Rotation {}

    /** No such token, or its session has ended. */
    record Refused() implements Rotation {}
}
