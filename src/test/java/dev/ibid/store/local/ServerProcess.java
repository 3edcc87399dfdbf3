package dev.ibid.store.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A program to be killed: it owns the data directory of its first argument, starts the server with the programs below its second, commits
 * one row, says {@code ready}, and stays until its input ends. Then it stops cleanly.
 */
final class ServerProcess {

    private ServerProcess() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        long begin = System.nanoTime();
        DataDirectory.Owned owned =
                (DataDirectory.Owned) DataDirectory.own(Path.of(arguments[0]));
        try (DataDirectory directory = owned.directory();
                LocalPostgres server =
                        LocalPostgres.start(directory, Path.of(arguments[1]), System.out::println)) {
            commitOneRow(server);
            System.out.println("ready after ms " + (System.nanoTime() - begin) / 1_000_000);
            new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        }
    }

    private static void commitOneRow(LocalPostgres server) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (what text)");
            statement.execute("INSERT INTO kept VALUES ('before the kill')");
        }
    }
}
