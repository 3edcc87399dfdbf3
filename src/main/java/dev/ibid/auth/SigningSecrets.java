package dev.ibid.auth;

import dev.ibid.config.Secret;
import dev.ibid.config.Settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the secrets that sign tokens, and refuses those that could be guessed. */
final class SigningSecrets {

    private static final String NAME = "JWT_SECRET";
    private static final int FEWEST_DISTINCT_CHARACTERS = 8;
    private static final List<String> PLACEHOLDERS =
            List.of(
                    "changeme",
                    "changethis",
                    "changein",
                    "replaceme",
                    "replacethis",
                    "placeholder",
                    "yoursecret",
                    "yoursuper",
                    "yourjwt",
                    "yourkey",
                    "supersecret",
                    "secretkey",
                    "jwtsecret",
                    "mysecret",
                    "insecure",
                    "notsecure",
                    "example",
                    "password");

    private final Settings settings;
    private final JwtAlgorithm algorithm;

    SigningSecrets(Settings settings, JwtAlgorithm algorithm) {
        this.settings = settings;
        this.algorithm = algorithm;
    }

    /**
     * The secret to sign with; when there is a problem with it, a random one until all are told.
     */
    Secret current(boolean production, Path dataDir) {
        Optional<Secret> given =
                settings.secret(NAME, "Signs the tokens; at least 32 random bytes.")
                        .alias("JWT_SECRET_KEY", "SECRET_KEY")
                        .optional();
        given.ifPresent(secret -> refuseWeak(NAME, secret));
        if (given.isEmpty() && production) {
            settings.problem(
                    NAME, "is required in production. Make one with: openssl rand -base64 48");
        }
        return given.orElseGet(() -> production ? random() : kept(dataDir.resolve("jwt-secret")));
    }

    Optional<Secret> previous() {
        String name = "JWT_SECRET_PREVIOUS";
        Optional<Secret> given =
                settings.secret(
                                name,
                                "The secret before this one; its tokens run out by themselves.")
                        .optional();
        given.ifPresent(secret -> refuseWeak(name, secret));
        return given;
    }

    private void refuseWeak(String name, Secret secret) {
        if (secret.value().getBytes(StandardCharsets.UTF_8).length < algorithm.keyBytes()) {
            settings.problem(
                    name,
                    "must have at least " + algorithm.keyBytes() + " bytes for " + algorithm + ".");
        } else if (isGuessable(secret.value())) {
            settings.problem(
                    name, "can be guessed. Make a random one with: openssl rand -base64 48");
        }
    }

    private static boolean isGuessable(String secret) {
        String letters = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return secret.chars().distinct().count() < FEWEST_DISTINCT_CHARACTERS
                || isRepeated(secret)
                || PLACEHOLDERS.stream().anyMatch(letters::contains);
    }

    /**
     * Whether it is one piece written twice or more: only then does it occur inside its double,
     * ends cut off.
     */
    private static boolean isRepeated(String secret) {
        return (secret + secret).indexOf(secret, 1) < secret.length();
    }

    private Secret kept(Path file) {
        try {
            if (!Files.exists(file)) {
                Secret secret = random();
                settings.onceSound(() -> keep(file, secret));
                return secret;
            }
            Secret secret = new Secret(Files.readString(file).strip());
            refuseWeak(NAME, secret);
            return secret;
        } catch (IOException unusable) {
            refuseFile();
            return random();
        }
    }

    private void refuseFile() {
        settings.problem(
                "DATA_DIR", "the file jwt-secret in it cannot be read or written by this user.");
    }

    private void keep(Path file, Secret secret) {
        try {
            write(file, secret);
        } catch (IOException unusable) {
            refuseFile();
        }
    }

    private static void write(Path file, Secret secret) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, "jwt-secret", ".new", ownerOnly());
        Files.writeString(draft, secret.value() + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Secret random() {
        byte[] bytes = new byte[64];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
