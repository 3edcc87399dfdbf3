package dev.ibid;

import dev.ibid.config.ConfigurationException;
import dev.ibid.failure.Failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/**
 * The command line: {@code serve} (the default), {@code migrate}, {@code create-admin}, {@code
 * reindex}.
 */
@Command(
        name = "ibid",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "A chat server over your own documents whose every answer can be followed back to the page it came from.",
        footer = {
            "",
            "Every setting can also be given as --name=value, for example --port=4000.",
            "The README lists them."
        },
        subcommands = {Main.Serve.class, Main.Migrate.class, CreateAdmin.class, Reindex.class})
public final class Main extends SettingFlags implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(Main.class);
    private static final int WRONG_CONFIGURATION = 2;

    public static void main(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setUnmatchedArgumentsAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> explain(failure, command));
    }

    @Override
    public Integer call() {
        return serve(configuration());
    }

    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = "Start the server (what happens without a command).")
    static final class Serve extends SettingFlags implements Callable<Integer> {

        @Override
        public Integer call() {
            return serve(configuration());
        }
    }

    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description = "Bring the database schema up to date and end.")
    static final class Migrate extends SettingFlags implements Callable<Integer> {

        @Override
        public Integer call() {
            try (Storage storage = Storage.open(configuration(), Main::say)) {
                say("Migrations applied: " + storage.migrate());
            }
            return 0;
        }
    }

    private static int serve(Configuration configuration) {
        Server server = Server.start(configuration, Main::say);
        closeOn("TERM", server);
        closeOn("INT", server);
        server.introduction().forEach(Main::say);
        return 0;
    }

    /**
     * Not a shutdown hook: those run all at once, and onnxruntime's own would free what an
     * embedding under way still uses. So the server closes first, in order, and then the process
     * ends.
     */
    private static void closeOn(String name, Server server) {
        Signals.on(
                name,
                number -> {
                    server.close();
                    Runtime.getRuntime().halt(128 + number);
                });
    }

    static void say(String line) {
        System.out.println(line);
    }

    /** Every failure is told once, in words; what nobody foresaw goes to the log with its trace. */
    private static int explain(Exception failure, CommandLine command) {
        switch (failure) {
            case ConfigurationException wrong -> {
                command.getErr().println("The configuration is wrong:");
                wrong.problems().forEach(problem -> command.getErr().println("  " + problem));
                return WRONG_CONFIGURATION;
            }
            case Failure known -> command.getErr().println(known.detail());
            default -> log.error("Ibid could not go on", failure);
        }
        return 1;
    }
}
