package dev.ibid;

import dev.ibid.auth.Accounts;
import dev.ibid.auth.Passwords;
import dev.ibid.store.postgres.PgUsers;
import dev.ibid.threads.ComputePool;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;

/** {@code create-admin}: also works beside a running server. */
@Command(
        name = "create-admin",
        mixinStandardHelpOptions = true,
        description =
                "Make an administrator; the password is asked for, or read from standard input.")
final class CreateAdmin extends SettingFlags implements Callable<Integer> {

    @Parameters(paramLabel = "EMAIL", description = "The administrator's e-mail address.")
    private String email = "";

    @Override
    public Integer call() throws IOException {
        Configuration configuration = configuration();
        String password = password();
        try (Storage storage = Storage.open(configuration, Main::say);
                ComputePool pool = new ComputePool("passwords", 1, 1)) {
            storage.migrate();
            Passwords passwords = new Passwords(pool, new SimpleMeterRegistry());
            new Accounts(
                            new PgUsers(storage.database()),
                            passwords,
                            configuration.auth().production())
                    .createAdmin(email, password);
        }
        Main.say(email + " is an administrator now.");
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // older signatures still allow it
    private static String password() throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return new String(console.readPassword("Password (10 characters or more): "));
        }
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String line = in.readLine();
        return line == null ? "" : line;
    }
}
