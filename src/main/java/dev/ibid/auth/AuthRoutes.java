package dev.ibid.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.ibid.http.Exchange;
import dev.ibid.http.Operations;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.threads.RequestThreads;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

final class AuthRoutes implements Routes {

    private final RequestThreads threads;
    private final Accounts accounts;
    private final Logins logins;
    private final long expiresIn;

    /**
     * @param expiresIn the life of an access token in seconds
     */
    AuthRoutes(RequestThreads threads, Accounts accounts, Logins logins, long expiresIn) {
        this.threads = threads;
        this.accounts = accounts;
        this.logins = logins;
        this.expiresIn = expiresIn;
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("register", this::register)
                .on("login", this::login)
                .on("refresh", this::refresh)
                .on("logout", this::logout)
                .on("changePassword", this::changePassword)
                .on("getMe", this::getMe)
                .on("updateMe", this::updateMe);
    }

    private record SignIn(String email, String password) {}

    private record Refresh(@JsonProperty("refresh_token") String refreshToken) {}

    private record Logout(@JsonProperty("refresh_token") @Nullable String refreshToken) {}

    private record PasswordChange(String currentPassword, String newPassword) {}

    private record Profile(@Nullable String timeZone) {}

    private record Person(UUID id, String email, Role role) {}

    private record Tokens(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("refresh_token") String refreshToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn,
            Person user) {}

    private Reply register(Exchange exchange) {
        SignIn wanted = exchange.body(SignIn.class);
        Credentials made = accounts.register(wanted.email(), wanted.password());
        return Reply.created(tokens(logins.open(made, exchange.clientAddress())));
    }

    private Reply login(Exchange exchange) {
        SignIn given = exchange.body(SignIn.class);
        return Reply.ok(
                tokens(logins.login(given.email(), given.password(), exchange.clientAddress())));
    }

    private Reply refresh(Exchange exchange) {
        return Reply.ok(tokens(logins.refresh(exchange.body(Refresh.class).refreshToken())));
    }

    private Reply logout(Exchange exchange) {
        Optional<String> token =
                exchange.hasBody()
                        ? Optional.ofNullable(exchange.body(Logout.class).refreshToken())
                        : Optional.empty();
        logins.logout(exchange.caller(), token);
        return Reply.noContent();
    }

    private Reply changePassword(Exchange exchange) {
        PasswordChange change = exchange.body(PasswordChange.class);
        logins.changePassword(
                exchange.caller(),
                change.currentPassword(),
                change.newPassword(),
                exchange.clientAddress());
        return Reply.noContent();
    }

    private Reply getMe(Exchange exchange) {
        return Reply.ok(accounts.me(exchange.caller().userId()));
    }

    private Reply updateMe(Exchange exchange) {
        UUID me = exchange.caller().userId();
        String timeZone = exchange.body(Profile.class).timeZone();
        return Reply.ok(timeZone == null ? accounts.me(me) : accounts.setTimeZone(me, timeZone));
    }

    private Tokens tokens(Logins.Pass pass) {
        LiveSession session = pass.session();
        return new Tokens(
                pass.accessToken(),
                pass.refreshToken().value(),
                "Bearer",
                expiresIn,
                new Person(session.userId(), session.email(), session.role()));
    }
}
