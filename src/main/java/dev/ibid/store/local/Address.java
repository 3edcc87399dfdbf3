package dev.ibid.store.local;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the private server listens and who may enter. It is left in a private file beside the data,
 * for a command that is run while the server is up.
 */
public record Address(int port, String user, String password) {

    static final String DATABASE = "ibid";

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    static Optional<Address> read(Path file) throws IOException {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException nobodyListens) {
            return Optional.empty();
        }
        return Optional.of(
                new Address(
                        Integer.parseInt(lines.getProperty("port", "0")),
                        lines.getProperty("user", ""),
                        lines.getProperty("password", "")));
    }

    void write(Path file) throws IOException {
        PrivateFile.write(file, "port=%d\nuser=%s\npassword=%s\n".formatted(port, user, password));
    }

    /** Leaves the password out: addresses end up in logs. */
    @Override
    public String toString() {
        return user + " at " + jdbcUrl();
    }
}
