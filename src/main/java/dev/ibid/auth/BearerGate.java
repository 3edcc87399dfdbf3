package dev.ibid.auth;

import dev.ibid.auth.Refusals.Reason;
import dev.ibid.http.Gate;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Admits who carries an access token of a live session. */
final class BearerGate implements Gate {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final Sessions sessions;
    private final Refusals refusals;

    BearerGate(Tokens tokens, Sessions sessions, Refusals refusals) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    @Override
    public Caller admit(@Nullable String authorization) {
        String token =
                bearer(authorization).orElseThrow(() -> refusals.because(Reason.TOKEN_MISSING));
        Tokens.Access access =
                tokens.read(token).orElseThrow(() -> refusals.because(Reason.TOKEN_INVALID));
        LiveSession session =
                sessions.use(access.sessionId())
                        .filter(live -> live.userId().equals(access.userId()))
                        .orElseThrow(() -> refusals.because(Reason.SESSION_ENDED));
        return new Caller(session.userId(), session.email(), session.role(), session.sessionId());
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
