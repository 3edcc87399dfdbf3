package dev.ibid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibid.failure.Failure;
import dev.ibid.threads.ComputePool;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

class PasswordsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ComputePool pool = new ComputePool("passwords", 1, 1);
    private final Passwords passwords = new Passwords(pool, meters);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void knowsThePasswordAgainAndNoOther() {
        String hash = passwords.hash("password", "correct horse battery");

        assertThat(passwords.matches("correct horse battery", Optional.of(hash))).isTrue();
        assertThat(passwords.matches("correct horse batterz", Optional.of(hash))).isFalse();
    }

    @Test
    void tellsLongPasswordsApartThatDifferNearTheirEnd() {
        String start = "x".repeat(90);
        String hash = passwords.hash("password", start + "a" + "y".repeat(9));

        boolean other = passwords.matches(start + "b" + "y".repeat(9), Optional.of(hash));

        assertThat(other).isFalse();
    }

    @Test
    void takesAComposedLetterForTheSameAsItsParts() {
        String hash = passwords.hash("password", "caf\u00e9 au lait");

        boolean sameOnAnotherKeyboard = passwords.matches("cafe\u0301 au lait", Optional.of(hash));

        assertThat(sameOnAnotherKeyboard).isTrue();
    }

    @Test
    void keepsEveryCharacterOfUnicode() {
        String hash = passwords.hash("password", "пароль-密码-🔑🔑");

        assertThat(passwords.matches("пароль-密码-🔑🔑", Optional.of(hash))).isTrue();
        assertThat(passwords.matches("пароль-密码-🔑🗝", Optional.of(hash))).isFalse();
    }

    @Test
    void countsCharactersNotBytes() {
        assertThatThrownBy(() -> passwords.hash("password", "🔑".repeat(9)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refusal -> {
                            assertThat(refusal.kind()).isEqualTo(Failure.Kind.INVALID);
                            assertThat(refusal.field()).isEqualTo("password");
                        });
        assertThat(passwords.hash("password", "🔑".repeat(10))).startsWith("$argon2id$");
    }

    @Test
    void takesAThousandCharactersAndRefusesMoreRatherThanCuttingThemOff() {
        assertThat(passwords.hash("password", "é".repeat(1024))).startsWith("$argon2id$");
        assertThatThrownBy(() -> passwords.hash("newPassword", "é".repeat(1025)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void worksAsHardForSomebodyUnknown() {
        boolean matches = passwords.matches("whatever this is", Optional.empty());

        assertThat(matches).isFalse();
        assertThat(meters.timer("password.hash").count()).isEqualTo(1);
    }

    @Test
    void readsAHashThatTheReferenceProgramWrote() {
        String reference =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(passwords.matches("password", Optional.of(reference))).isTrue();
    }

    @Test
    void hashesAgainWhatWasMadeAtAnotherCost() {
        String cheap =
                Argon2Hash.of("correct horse battery", new Argon2Hash.Cost(64, 1, 1), new byte[16])
                        .toString();

        Optional<String> better = passwords.rehashed("correct horse battery", cheap);

        assertThat(better).hasValueSatisfying(hash -> assertThat(hash).contains("m=19456,t=2,p=1"));
        assertThat(passwords.matches("correct horse battery", better)).isTrue();
        assertThat(passwords.rehashed("correct horse battery", better.orElseThrow())).isEmpty();
    }

    @Test
    void refusesRatherThanQueueingWithoutEnd() {
        CountDownLatch release = new CountDownLatch(1);
        Future<?> _ = pool.submit(() -> awaited(release));
        Future<?> _ = pool.submit(() -> awaited(release));

        assertThatThrownBy(() -> passwords.hash("password", "correct horse battery"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Failure.Kind.BUSY));

        release.countDown();
    }

    private static boolean awaited(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return true;
    }
}
