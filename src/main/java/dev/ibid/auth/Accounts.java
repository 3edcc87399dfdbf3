package dev.ibid.auth;

import dev.ibid.failure.Failure;

import java.time.ZoneId;
import java.util.UUID;

/** Making accounts, and what people say about themselves. */
public final class Accounts {

    private final Users users;
    private final Passwords passwords;
    private final boolean production;

    public Accounts(Users users, Passwords passwords, boolean production) {
        this.users = users;
        this.passwords = passwords;
        this.production = production;
    }

    /**
     * Makes an account, and returns what is needed to sign in to it.
     *
     * @throws Failure INVALID (address, password), CONFLICT (address taken), FORBIDDEN (closed)
     */
    Credentials register(String email, String password) {
        if (production && !users.hasAdmin()) {
            throw Failure.of(
                    Failure.Kind.FORBIDDEN,
                    "registration_closed",
                    "Registration opens when this server has an administrator. Whoever runs it"
                            + " makes one with: ibid create-admin");
        }
        return create(
                email,
                password,
                production ? Users.Admission.USER : Users.Admission.FIRST_IS_ADMIN);
    }

    /** For the command line: whoever can reach the database may name an administrator. */
    public User createAdmin(String email, String password) {
        return create(email, password, Users.Admission.ADMIN).user();
    }

    User me(UUID userId) {
        return users.find(userId)
                .map(Credentials::user)
                .orElseThrow(() -> Failure.notFound("account"));
    }

    User setTimeZone(UUID userId, String timeZone) {
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw Failure.invalid(
                    "timeZone",
                    "There is no such time zone. Give one by its name, such as Europe/Paris or"
                            + " UTC.");
        }
        return users.setTimeZone(userId, timeZone).orElseThrow(() -> Failure.notFound("account"));
    }

    private Credentials create(String email, String password, Users.Admission admission) {
        String address = EmailAddress.valid(email);
        String hash = passwords.hash("password", password);
        return users.create(address, hash, admission)
                .map(user -> new Credentials(user, hash, false))
                .orElseThrow(() ->
                        Failure.of(
                                Failure.Kind.CONFLICT,
                                "email_taken",
                                "There is an account with this e-mail address already. Sign"
                                        + " in instead."));
    }
}
