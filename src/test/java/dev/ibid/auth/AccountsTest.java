package dev.ibid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.failure.Failure;
import dev.ibid.store.postgres.Database;
import dev.ibid.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class AccountsTest {

    private final Database database = TestDatabase.fresh();
    private final Room local = new Room(database, false);
    private final Room production = new Room(database, true);

    @AfterEach
    void close() {
        local.close();
        production.close();
        database.close();
    }

    @Test
    void makesTheFirstAccountOfLocalModeAnAdministratorAndNoOther() {
        User first = local.accounts.register("first@example.org", Room.PASSWORD).user();
        User second = local.accounts.register("second@example.org", Room.PASSWORD).user();

        assertThat(first.role()).isEqualTo(Role.ADMIN);
        assertThat(second.role()).isEqualTo(Role.USER);
    }

    @Test
    void keepsRegistrationClosedInProductionUntilThereIsAnAdministrator() {
        assertThatThrownBy(() -> production.accounts.register("early@example.org", Room.PASSWORD))
                .isInstanceOfSatisfying(
                        Failure.class,
                        closed -> {
                            assertThat(closed.kind()).isEqualTo(Failure.Kind.FORBIDDEN);
                            assertThat(closed.code()).isEqualTo("registration_closed");
                            assertThat(closed.detail()).contains("create-admin");
                        });
    }

    @Test
    void opensRegistrationInProductionOnceThereIsAnAdministrator() {
        User admin = production.accounts.createAdmin("boss@example.org", Room.PASSWORD);

        User next = production.accounts.register("next@example.org", Room.PASSWORD).user();

        assertThat(admin.role()).isEqualTo(Role.ADMIN);
        assertThat(next.role()).isEqualTo(Role.USER);
    }

    @Test
    void takesAnAddressForTheSameInAnyCase() {
        User made = local.accounts.register(" Ada@Example.ORG ", Room.PASSWORD).user();

        assertThat(made.email()).isEqualTo("ada@example.org");
        assertThatThrownBy(() -> local.accounts.register("ADA@example.org", Room.PASSWORD))
                .isInstanceOfSatisfying(
                        Failure.class,
                        taken -> {
                            assertThat(taken.kind()).isEqualTo(Failure.Kind.CONFLICT);
                            assertThat(taken.code()).isEqualTo("email_taken");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@",
                "@example.org",
                "ada@localhost",
                "a da@example.org",
                "ada@exam ple.org",
                "ada@@example.org",
                "ada@example.org\nBcc: x@example.org",
                "<ada@example.org>",
                "ada@example..org",
                "ada@.org"
            })
    void refusesWhatIsNoAddress(String email) {
        assertThatThrownBy(() -> local.accounts.register(email, Room.PASSWORD))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> {
                            assertThat(refused.kind()).isEqualTo(Failure.Kind.INVALID);
                            assertThat(refused.field()).isEqualTo("email");
                        });
    }

    @Test
    void refusesAnAddressOfMoreThan254Characters() {
        String longest = "a".repeat(60) + "@" + "b".repeat(60) + "." + "c".repeat(128) + ".org";

        assertThat(longest).hasSize(254);
        assertThat(local.accounts.register(longest, Room.PASSWORD).user().email())
                .isEqualTo(longest);
        assertThatThrownBy(() -> local.accounts.register("a" + longest, Room.PASSWORD))
                .isInstanceOf(Failure.class);
    }

    @Test
    void givesEachPersonACollectionOfTheirOwn() {
        User user = local.accounts.register("reader@example.org", Room.PASSWORD).user();

        List<String> collections =
                database.read(
                        "test",
                        handle ->
                                handle.createQuery(
                                                """
                                                select c.name || ' ' || m.role from collections c
                                                join collection_members m on m.collection_id = c.id
                                                where c.personal and m.user_id = :user\
                                                """)
                                        .bind("user", user.id())
                                        .mapTo(String.class)
                                        .list());

        assertThat(collections).containsExactly("Personal owner");
        assertThat(local.audited(user.id())).containsExactly("register");
    }

    @Test
    void setsATimeZoneThatExists() {
        User user = local.accounts.register("traveller@example.org", Room.PASSWORD).user();

        User moved = local.accounts.setTimeZone(user.id(), "Asia/Kathmandu");

        assertThat(moved.timeZone()).isEqualTo("Asia/Kathmandu");
        assertThat(local.accounts.me(user.id())).isEqualTo(moved);
    }

    @Test
    void refusesATimeZoneThatDoesNotExist() {
        User user = local.accounts.register("lost@example.org", Room.PASSWORD).user();

        assertThatThrownBy(() -> local.accounts.setTimeZone(user.id(), "Mars/Olympus"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> assertThat(refused.field()).isEqualTo("timeZone"));
    }
}
