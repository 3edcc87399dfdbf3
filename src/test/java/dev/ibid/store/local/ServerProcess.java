package dev.ibid.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A program to be killed: it owns the data directory of its first argument, starts the server with
 * the programs below its second, commits one row, says {@code ready}, and stays until its input
 * ends. Then it stops cleanly. Where another owns the directory it says so and ends with 1.
 */
final class ServerProcess {

    static final String READY = "ready";
    static final String ROW = "committed before the kill";

    private ServerProcess() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        switch (DataDirectory.own(Path.of(arguments[0]))) {
            case DataDirectory.Owned(DataDirectory directory) ->
                    serve(directory, Path.of(arguments[1]));
            case DataDirectory.OwnedByAnother another -> {
                System.out.println(another.failure().detail());
                System.exit(1);
            }
        }
    }

    private static void serve(DataDirectory owned, Path programs) throws IOException, SQLException {
        try (DataDirectory directory = owned;
                LocalPostgres server = LocalPostgres.start(directory, programs, step -> {})) {
            Rows.of(server.address()).add(ROW);
            System.out.println(READY);
            new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        }
    }
}
