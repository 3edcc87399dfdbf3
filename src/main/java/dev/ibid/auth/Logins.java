package dev.ibid.auth;

import dev.ibid.auth.Refusals.Reason;

import java.util.Optional;
import java.util.UUID;

/** Signing in, staying signed in, and signing out. */
final class Logins {

    /** What a person holds after signing in. */
    record Pass(String accessToken, RefreshToken refreshToken, LiveSession session) {}

    private final Users users;
    private final Sessions sessions;
    private final Audit audit;
    private final Passwords passwords;
    private final Tokens tokens;
    private final Refusals refusals;

    Logins(
            Users users,
            Sessions sessions,
            Audit audit,
            Passwords passwords,
            Tokens tokens,
            Refusals refusals) {
        this.users = users;
        this.sessions = sessions;
        this.audit = audit;
        this.passwords = passwords;
        this.tokens = tokens;
        this.refusals = refusals;
    }

    Pass login(String email, String password, String address) {
        Optional<Credentials> account = users.findByEmail(EmailAddress.normal(email));
        if (!passwords.matches(password, account.map(Credentials::passwordHash))) {
            audit.loginFailed(account.map(known -> known.user().id()), address);
            throw refusals.because(Reason.BAD_CREDENTIALS);
        }
        Credentials known = account.orElseThrow();
        if (known.disabled()) {
            audit.loginFailed(Optional.of(known.user().id()), address);
            throw refusals.because(Reason.ACCOUNT_DISABLED);
        }
        Pass pass = open(known, address);
        passwords
                .rehashed(password, known.passwordHash())
                .ifPresent(better -> users.rehash(known.user().id(), known.passwordHash(), better));
        return pass;
    }

    /** Begins a session of somebody whose password has been verified. */
    Pass open(Credentials verified, String address) {
        RefreshToken first = RefreshToken.random();
        return sessions.open(verified.user().id(), verified.passwordHash(), first, address)
                .map(session -> new Pass(tokens.issue(session), first, session))
                .orElseThrow(() -> refusals.because(Reason.BAD_CREDENTIALS));
    }

    Pass refresh(String refreshToken) {
        RefreshToken next = RefreshToken.random();
        return switch (sessions.rotate(new RefreshToken(refreshToken), next)) {
            case Rotation.Rotated(LiveSession session) ->
                    new Pass(tokens.issue(session), next, session);
            case Rotation.Reused reused -> throw refusals.because(Reason.REFRESH_REUSED);
            case Rotation.Refused refused -> throw refusals.because(Reason.REFRESH_INVALID);
        };
    }

    /** Ends the session of the caller's refresh token, or without one the session that asks. */
    void logout(Caller caller, Optional<String> refreshToken) {
        Optional<UUID> session =
                refreshToken.isEmpty()
                        ? Optional.of(caller.sessionId())
                        : sessions.sessionOf(caller.userId(), new RefreshToken(refreshToken.get()));
        session.ifPresent(ended -> sessions.revoke(caller.userId(), ended));
    }

    /**
     * Every other session of the person ends: somebody may have signed in with the old password.
     */
    void changePassword(Caller caller, String currentPassword, String newPassword, String address) {
        Optional<String> hash = users.find(caller.userId()).map(Credentials::passwordHash);
        if (!passwords.matches(currentPassword, hash)) {
            audit.loginFailed(Optional.of(caller.userId()), address);
            throw refusals.because(Reason.WRONG_PASSWORD);
        }
        String newHash = passwords.hash("newPassword", newPassword);
        if (sessions.changePassword(
                        caller.userId(), hash.orElseThrow(), newHash, caller.sessionId())
                .isEmpty()) {
            throw refusals.because(Reason.WRONG_PASSWORD);
        }
    }
}
